"""What pages and paper have in common: HTML as a tree, the fonts, and drawings with their letters."""
