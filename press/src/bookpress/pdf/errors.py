"""The one error of the press."""


class PressError(Exception):
    """The book cannot be printed as it stands; the message names the page and the element."""
