"""List the published numbers that moved and the published ids that are gone: now, beside those of tests/expected; and what data/changes.csv lacks.

python -m tools.numbers [--renew]
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import re
import sys

from tools.environment import ROOT

PUBLISHED = ROOT / "tests" / "expected" / "headline.json"
IDS = ROOT / "tests" / "expected" / "ids.json"
FIRST_PAGES = ("index", "summary", "findings")  # whose numbers readers quote
EDITION = ROOT / "src" / "azawad_conflict" / "checks" / "edition.json"


def main(arguments=None, published=PUBLISHED, published_ids=IDS, edition=EDITION):
    """Print a line for each number that moved, came or went, each id that is gone, and each row of changes that is wrong or lacks; with --renew keep the new ones, and the columns of the schema as those that the code reads.

    Return the exit code: 0, or 1 if data or rule cannot be counted.
    """
    parser = argparse.ArgumentParser(prog="python -m tools.numbers", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--renew",
        action="store_true",
        help=f"write the numbers to {PUBLISHED.relative_to(ROOT)}, new ids to {IDS.name}, and what the schema has to {EDITION.name}",
    )
    os.environ.pop("LANGUAGE", None)  # the published numbers are worded in English
    renew = parser.parse_args(arguments).renew
    before, known = (json.loads(file.read_text("utf-8")) for file in (published, published_ids))
    try:
        # A rule of counting that is not there is told as early as the import.
        from azawad_conflict import headline, tables
        from azawad_conflict.checks.columns import descriptor_faults
        from azawad_conflict.checks.edition import shape
        from azawad_conflict.evidence.addresses import PAGES

        if renew and not descriptor_faults(package := tables.schema()):
            _write(edition, shape(package))  # else no table is loaded that lacks a column
        after = {key: text for topic in headline.TOPICS for key, text in headline.numbers(topic).items()}
    except ValueError as error:
        print(f"numbers: not counted. {error}", file=sys.stderr)
        return 1
    lines = list(moved(before, after))
    print("\n".join([*lines, f"{len(lines)} of {len(after)} numbers moved"]))
    keys = {resource["name"]: resource["schema"]["primaryKey"] for resource in tables.schema()["resources"]}
    ids = {name: set(tables.load(name)[keys[name]]) for name in PAGES}
    for name, row_id in gone(known, ids, set(tables.load("withdrawn_ids")["withdrawn_id"])):
        print(f"{row_id} of {name} was published and is gone: keep it, or list it in data/withdrawn_ids.csv")
    package, changes = tables.schema(), tables.load("changes")
    for line in told_otherwise(changes, after, package["version"]):
        print(line)
    if rows := list(rows_to_add(changes, before, after, package["version"], package["created"][:10])):
        print("Rows for data/changes.csv, to which you add what is blank:", *rows, sep="\n")
    if renew:
        _write(published, after)
        _write(published_ids, {name: sorted(ids[name] | set(known.get(name, ()))) for name in PAGES})
    return 0


def moved(before, after):
    """Yield "key: before -> after" for each key whose text differs. before, after : key to text."""
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield f"{key}: {before.get(key, 'not there')} -> {after.get(key, 'gone')}"


def gone(published, ids, withdrawn):
    """Yield (table, id) for each published id that no row has and that was not withdrawn. published, ids : table to its ids."""
    for name, known in published.items():
        for row_id in sorted(set(known) - set(ids.get(name, ())) - set(withdrawn)):
            yield name, row_id


def told_otherwise(changes, printed, version):
    """Yield a sentence for each number that the last row of changes tells otherwise than it is printed. printed : key to text."""
    for row in _last(changes).itertuples():
        if row.after == printed.get(row.key):
            continue
        told = f'data/changes.csv, {row.change_id}: edition {row.edition} has "{row.after}" for {row.key}'
        if row.key not in printed:
            yield f"{told}, and no number has this key"
            continue
        do = "write so" if row.edition == version else f"add the row of edition {version} that make numbers prints"
        yield f'{told}, printed is "{printed[row.key]}": {do}; where {version} is published, make edition VERSION=... comes first'


def rows_to_add(changes, before, after, version, day):
    """Yield the lines, blanks to be filled, of moved numbers that readers quote and that the edition has no row for. before, after : key to text."""
    last = _last(changes).set_index("key")
    pages = "".join((ROOT / "book" / f"{name}.md").read_text("utf-8") for name in FIRST_PAGES)
    first = set(re.findall(r"\{glue:text\}`(?:[^`]*::)?(\w+)", pages)) - set(last.index)
    known = {key: (row.change_id, row.number, row.after) for key, row in last[last["edition"] != version].iterrows()}
    known |= {key: (key, "", before[key]) for key in first & before.keys()}
    for key, (name, number, printed) in sorted(known.items()):
        if after.get(key, printed) != printed:
            line = io.StringIO()
            name = f"{re.sub(r'(_[0-9]+)+$', '', name)}_{version.replace('.', '_')}"
            csv.writer(line, lineterminator="").writerow([name, version, day, number, key, printed, after[key], ""])
            yield line.getvalue()


def _last(changes):
    """The last row of each key."""
    from azawad_conflict.checks.rules.shared import edition_order

    ordered = sorted(changes.index, key=lambda index: edition_order(changes["edition"][index]))
    return changes.loc[ordered].drop_duplicates("key", keep="last")


def _write(file, value):
    file.write_text(json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
