"""Measures of the page in points; report.typ has the same in millimetres."""

COLUMN, WIDE = 357.0, 403.0  # the column of text, and the wide measure that hangs out to its right
LANDSCAPE = {"a4": 696.0, "us-letter": 646.0}  # the width of a page across
PAGE = {"a4": 692.0, "us-letter": 642.0}  # the height of the text of a page
TALLEST = {"a4": 555.0, "us-letter": 505.0}  # the height of a picture: room for a caption is left on its page
SET_IN = 24  # by which a list or a box is narrower than the column
