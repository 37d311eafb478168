"""Which claims are heard, and how claims about one event become one range."""
