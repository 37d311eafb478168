"""Mutants of the bibliography."""

from azawad_conflict.checks.faults import FILE
from mutants.package import BIBLIOGRAPHY, Mutant, bibliography


def bibliography_mutants(package):
    """Mutants of references.bib; where it lacks a source, the fault is in sources.csv."""
    sources = package["sources"]
    lines = bibliography().read_text(encoding="utf-8").split("\n")
    identifiers = sources.column("source_id")
    with_url = [record["source_id"] for record in sources.records() if record["url"]]
    without_url = [record["source_id"] for record in sources.records() if not record["url"]]

    def line_of(identifier):
        return next(number for number, line in enumerate(lines, 1) if line.endswith(f"{{{identifier},"))

    def entry_mutant(kind, identifier, column, words, field, place=None):
        """A mutant of one entry: a field put in front of the others, or another key."""
        old = f"{{{identifier},"
        new = f"{old} {field}," if field else f"{{{identifier}_x,"
        edit = (BIBLIOGRAPHY, lambda content: content.replace(old.encode(), new.encode(), 1))
        place = place or (BIBLIOGRAPHY, line_of(identifier), column)
        return Mutant("bibliography", kind, BIBLIOGRAPHY, place, words, edit=edit, touches=frozenset([identifier]))

    def file_mutant(kind, place, words, edit):
        return Mutant("bibliography", kind, BIBLIOGRAPHY, place, words, edit=(BIBLIOGRAPHY, edit))

    lost = ("sources.csv", identifiers.index(with_url[0]) + 2, "source_id")
    twice = f"\n@misc{{{with_url[0]},}}\n".encode()
    whole = (BIBLIOGRAPHY, 1, FILE)
    return [
        entry_mutant("entry missing", with_url[0], "source_id", "/book/references.bib", "", lost),
        entry_mutant("entry without a source", with_url[1], "source_id", "_x is not in sources.csv", ""),
        entry_mutant("other address", with_url[2], "url", "is not the url in", "url = {https://example.org/}"),
        entry_mutant("script as address", with_url[3], "url", "is no web address", "url = {javascript:alert(1)}"),
        entry_mutant(
            "script, no address in sources", without_url[0], "url", "is no web address", "url = {javascript:alert(1)}"
        ),
        file_mutant("entry twice", whole, "not read as BibTeX", lambda content: content + twice),
        file_mutant("Latin-1 byte", whole, "not read as BibTeX", lambda content: b"% \xe9\n" + content),
        file_mutant("empty file", ("sources.csv", 2, "source_id"), "/book/references.bib", lambda content: b""),
        file_mutant(
            "cut file", (BIBLIOGRAPHY, len(lines) - 2, FILE), "not read as BibTeX", lambda content: content[:-3]
        ),
    ]
