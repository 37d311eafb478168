"""The figures of the page on the background."""
