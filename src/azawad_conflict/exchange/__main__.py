"""Command line: `python -m azawad_conflict.exchange FOLDER [FILE ...]` writes the data in other forms."""

import argparse
import sys
from pathlib import Path

from azawad_conflict import tables
from azawad_conflict.exchange.forms import Package, chosen


def main(arguments: list[str] | None = None) -> int:
    """Write the forms that are named, or all; return the exit code: 1 where the data have a fault or a form cannot hold them, 2 for a name that is no form."""
    parser = argparse.ArgumentParser(prog="python -m azawad_conflict.exchange")
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="is made where it is missing")
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="such as towns.geojson; default: all. A name that is none lists them"
    )
    asked = parser.parse_args(arguments)
    try:
        tables.load("sources")  # by a descriptor with a fault, forms have no names
        forms, package = chosen(asked.files or None), Package()
    except KeyError as error:
        parser.error(error.args[0])
    except tables.DataError as error:
        print(error, file=sys.stderr)
        return 1
    asked.folder.mkdir(parents=True, exist_ok=True)
    code = 0
    for name, form in forms.items():  # one at a time: all of them at once may be gigabytes
        path = asked.folder / name
        try:
            with tables.without_collector():
                form.write(package, path)
        except ValueError as error:
            print(f"{name}: not written. {error}", file=sys.stderr)
            code = 1
            continue
        print(f"{path.stat().st_size:>10,} bytes  {name}: {form.words}")
    return code


if __name__ == "__main__":
    sys.exit(main())
