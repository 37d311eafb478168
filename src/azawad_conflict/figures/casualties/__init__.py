"""The figures of notebook 02."""
