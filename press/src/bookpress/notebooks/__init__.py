"""Runs the notebooks of a book before Sphinx reads them, and keeps what they gave."""
