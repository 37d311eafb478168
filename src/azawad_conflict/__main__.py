"""Command line: `python -m azawad_conflict check [DATA_DIR]`, `number KEY`, `rules`."""

import argparse
import inspect
import io
import sys
from pathlib import Path

from azawad_conflict import tables
from azawad_conflict.checks.bibliography import read_bibliography
from azawad_conflict.checks.prose import prose_faults
from azawad_conflict.checks.rules import RULES
from azawad_conflict.checks.rules.sources import sources_in_bibliography
from azawad_conflict.language import _


def main(arguments: list[str] | None = None) -> int:
    """Return the exit code: 0 if nothing is wrong, 1 if something is, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m azawad_conflict")
    commands = parser.add_subparsers(required=True)
    check = commands.add_parser("check", help="check the data folder and the prose of the book: one line per fault")
    check.add_argument(
        "folder", nargs="?", metavar="DATA_DIR", help="default: AZAWAD_DATA, else data/ of the repository"
    )
    check.set_defaults(run=lambda chosen: _check(chosen.folder or tables.data_dir()))
    number = commands.add_parser("number", help="say where a number of the prose comes from: function, rule, claims")
    number.add_argument("key", metavar="KEY", help="as a page has it, for example casualties_islamist_killed")
    number.set_defaults(run=lambda chosen: _number(chosen.key))
    rules = commands.add_parser("rules", help="list the rules that check holds the data to, beside their schema")
    rules.set_defaults(run=lambda chosen: _rules())
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a stream of few letters, as under PYTHONIOENCODING=ascii
    chosen = parser.parse_args(arguments)
    return chosen.run(chosen)


def _number(key):
    from azawad_conflict import headline, questions  # these are slow to import, and the check needs none of them
    from azawad_conflict.headline.makers import made

    try:
        claims = questions.claims_behind(key)
    except KeyError as error:
        print(error.args[0], file=sys.stderr)
        return 1
    topic = next(topic for topic in headline.TOPICS if key.startswith(f"{topic}_"))
    number, code = made(topic)[key]
    print(f"{key}: {number.text}")
    print(f"made by: {_place(code)}, {code.co_name}")
    print(f"rule: {_(number.rule)}" if number.rule else "rule: none, for these are words of a rule")
    if number.more:
        print(f"more: {_(number.more[0])}, {number.more[1]}")
    for name, rows in claims.groupby("table"):
        print(f"data/{name}.csv:", *rows["claim_id"], sep="\n  ")
    return 0


def _rules():
    for rule in RULES:
        says = inspect.getdoc(rule).partition("\n")[0]
        print(f"{rule.__name__}: {says} ({_place(rule.__code__)})")
    return 0


def _place(code):
    """File and line of a function, as seen from the repository where it stands there."""
    path = Path(code.co_filename)
    inside = path.is_relative_to(tables.REPOSITORY)
    return f"{path.relative_to(tables.REPOSITORY) if inside else path}:{code.co_firstlineno}"


def _check(folder):
    found, faults = tables.read(folder)
    faults += _uncited(folder, found) + prose_faults(tables.REPOSITORY)
    for fault in faults:
        print(fault)
    if not faults:
        print(f"{len(found)} tables, {sum(map(len, found.values())):,} rows: no fault")
    return 1 if faults else 0


def _uncited(folder, found):
    """The faults of sources that the pages of the book could not cite, where the data have a bibliography of their own."""
    pages = tables.CITED_FROM
    if "sources" not in found or not pages.is_file() or tables.bibliography(Path(folder)) == pages:
        return []
    entries, faults = read_bibliography(pages)
    return faults if entries is None else faults + sources_in_bibliography(found["sources"], entries)


if __name__ == "__main__":
    sys.exit(main())
