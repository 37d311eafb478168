"""Command line: `python -m azawad_conflict.exchange FOLDER [FILE ...]` writes the data in other forms."""

import argparse
import sys
from pathlib import Path

from azawad_conflict import tables
from azawad_conflict.exchange.forms import by_name, files


def main(arguments: list[str] | None = None) -> int:
    """Write the forms that are named, or all; return the exit code: 1 where the data have a fault, 2 for a name that is no form."""
    parser = argparse.ArgumentParser(prog="python -m azawad_conflict.exchange")
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="is made where it is missing")
    parser.add_argument("files", nargs="*", metavar="FILE", help=f"default: all of {', '.join(by_name())}")
    chosen = parser.parse_args(arguments)
    try:
        made = files(chosen.files or None)
    except KeyError as error:
        parser.error(error.args[0])
    except tables.DataError as error:
        print(error, file=sys.stderr)
        return 1
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for name, (content, words) in made.items():
        (chosen.folder / name).write_bytes(content)
        print(f"{len(content):>10,} bytes  {name}: {words}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
