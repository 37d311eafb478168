"""Everything that happens inside Sphinx, and the process that it runs in."""
