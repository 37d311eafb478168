"""Tables of the evidence itself: each claim, how it was coded, and how it was searched for."""
