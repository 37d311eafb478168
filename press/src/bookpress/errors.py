"""The base of all errors that the press raises for a reader."""


class PressError(Exception):
    """The book cannot be made as it stands; the message names file, page, line or cell, and the reason."""
