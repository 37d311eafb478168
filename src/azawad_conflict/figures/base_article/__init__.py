"""The figure of notebook 07."""
