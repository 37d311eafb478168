"""List the published numbers that moved: computed now, beside those of tests/expected/headline.json.

python -m tools.numbers [--renew]
"""

from __future__ import annotations

import argparse
import json
import sys

from tools.environment import ROOT

PUBLISHED = ROOT / "tests" / "expected" / "headline.json"


def main(arguments=None, published=PUBLISHED):
    """Print a line for each number that moved, came or went; with --renew keep the new ones.

    Return the exit code: 0, or 1 if data or rule cannot be counted.
    """
    parser = argparse.ArgumentParser(prog="python -m tools.numbers", description=__doc__.partition("\n")[0])
    parser.add_argument("--renew", action="store_true", help=f"write the numbers to {PUBLISHED.relative_to(ROOT)}")
    renew = parser.parse_args(arguments).renew
    before = json.loads(published.read_text("utf-8"))
    try:
        # A rule of counting that is not there is told as early as the import.
        from azawad_conflict import headline

        after = {key: text for topic in headline.TOPICS for key, text in headline.numbers(topic).items()}
    except ValueError as error:
        print(f"numbers: not counted. {error}", file=sys.stderr)
        return 1
    lines = list(moved(before, after))
    print("\n".join([*lines, f"{len(lines)} of {len(after)} numbers moved"]))
    if renew:
        published.write_text(json.dumps(after, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    return 0


def moved(before, after):
    """Yield "key: before -> after" for each key whose text differs. before, after : key to text."""
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield f"{key}: {before.get(key, 'not there')} -> {after.get(key, 'gone')}"


if __name__ == "__main__":
    sys.exit(main())
