"""The errors that the press raises for a reader: the base of all, and the error of a build; and the fault of the press itself."""

# What to do where a cell writes to stderr, which a page would show as a fault.
STDERR = "silence it (warnings.filterwarnings for a warning), or tag the cell remove-stderr"


class PressError(Exception):
    """The book cannot be made as it stands; the message names file, line or cell, and reason."""


class BuildError(PressError):
    """The book does not build; the message holds the lines that decide."""


class Unforeseen(Exception):
    """A fault that nobody foresaw, in a process that the press started; the message says where, `trace` is its traceback."""

    def __init__(self, where, trace):
        super().__init__(where)
        self.trace = trace
