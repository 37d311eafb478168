"""What pages are made of, as the press changes it: HTML as a tree, and drawings."""
