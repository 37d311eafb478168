"""The base of all errors that the press raises for a reader, and the error of a build, which several parts raise."""


class PressError(Exception):
    """The book cannot be made as it stands; the message names file, page, line or cell, and the reason."""


class BuildError(PressError):
    """The book does not build; the message holds the lines that decide."""
