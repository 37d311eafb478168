"""The figures of notebook 06, and the specification curves."""
