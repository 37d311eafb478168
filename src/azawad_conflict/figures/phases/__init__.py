"""The figure of notebook 01."""
