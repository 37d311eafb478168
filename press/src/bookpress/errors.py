"""The errors that the press raises for a reader: the base of all, and the error of a build."""


class PressError(Exception):
    """The book cannot be made as it stands; the message names file, line or cell, and reason."""


class BuildError(PressError):
    """The book does not build; the message holds the lines that decide."""
