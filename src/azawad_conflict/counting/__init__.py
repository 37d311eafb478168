"""Which claims are heard, how claims about one event become one range, and ranges totals."""
