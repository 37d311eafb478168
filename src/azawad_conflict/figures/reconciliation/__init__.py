"""The figures of notebook 05."""
