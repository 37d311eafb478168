"""Turns a Jupyter Book of notebooks and prose into HTML and a PDF. Knows nothing of what the book is about."""
