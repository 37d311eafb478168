"""The error of this package is that of the press: the message names the page and the element."""

from bookpress.errors import PressError

__all__ = ["PressError"]
