"""List the published numbers that moved and the published ids that are gone: now, beside those of tests/expected.

python -m tools.numbers [--renew]
"""

from __future__ import annotations

import argparse
import json
import os
import sys

from tools.environment import ROOT

PUBLISHED = ROOT / "tests" / "expected" / "headline.json"
IDS = ROOT / "tests" / "expected" / "ids.json"
EDITION = ROOT / "src" / "azawad_conflict" / "checks" / "edition.json"


def main(arguments=None, published=PUBLISHED, published_ids=IDS, edition=EDITION):
    """Print a line for each number that moved, came or went, and each id that is gone; with --renew keep the new ones, and the columns of the schema as those that the code reads.

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


def _write(file, value):
    file.write_text(json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
