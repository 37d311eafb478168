"""All forms by the name of their files: what each is for, and how it is made of the tables.

A further frame that should travel as CSV, a row of FRAMES, needs no more than a function and words.
"""

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from azawad_conflict import tables, territory
from azawad_conflict.exchange import compare, flat, geojson
from azawad_conflict.exchange.about import About, about
from azawad_conflict.exchange.computed import computed
from azawad_conflict.exchange.crosswalk import acled, ged
from azawad_conflict.exchange.crosswalk.scheme import TABLES
from azawad_conflict.exchange.database import database, write_database
from azawad_conflict.exchange.holders import town_holders
from azawad_conflict.exchange.parquet import parquet
from azawad_conflict.exchange.workbook import workbook
from azawad_conflict.language import languages


class Package:
    """What forms are made of, each read when a form first asks for it."""

    @cached_property
    def about(self) -> About:
        return about()

    @cached_property
    def translated(self) -> list[About]:
        return [about(code) for code in languages()]

    @cached_property
    def tables(self) -> flat.Made:
        return flat.read()

    @cached_property
    def computed(self) -> flat.Made:
        made = computed(*map(tables.load, ("casualty_claims", "events", "actors", "sources", "readings")))
        return made | flat.Made({"town_holders": lambda: self.holders})

    @cached_property
    def holders(self) -> flat.Table:
        return town_holders(*map(tables.load, ("control_spells", "control_claims", "places", "actors", "phases")))

    @cached_property
    def incidents(self) -> list[pd.DataFrame]:
        """What rows of other schemes are made of."""
        return [tables.load(name) for name in TABLES]

    @cached_property
    def towns(self) -> list[str]:
        return territory.populated(tables.load("places"))["place_id"].to_list()


@dataclass(frozen=True)
class Form:
    """A file: what it is for, in a line, the function that makes its bytes, and one that writes it where it need not hold them."""

    words: str
    make: Callable[[Package], bytes]
    save: Callable[[Package, Path], None] | None = None

    def write(self, package: Package, path: Path) -> None:
        """Write the file."""
        if self.save:
            self.save(package, path)
        else:
            path.write_bytes(self.make(package))


# Frames that travel as CSV: name, what a row is, and the function that makes the frame.
FRAMES: dict[str, tuple[str, Callable[[Package], pd.DataFrame]]] = {
    "incident_ranges": (
        "The range of each incident, group of victims and outcome, as the report counts it",
        lambda package: package.computed["incident_ranges"].frame,
    ),
    "everyone_killed": (
        "Everyone killed in each fight between both sides, whichever side, and whose word the numbers are",
        lambda package: package.computed["everyone_killed"].frame,
    ),
    "range_claims": (
        "The claims on each incident: the range that each belongs to, who speaks, and whether it has part in it",
        lambda package: package.computed["range_claims"].frame,
    ),
    "reading_totals": (
        "Killed in fights between both sides by reading, side and year: all claims, without enemies, third parties alone",
        lambda package: package.computed["reading_totals"].frame,
    ),
    "town_holders": (
        "Who held each town from which day to which, by which claims, and whether that is only presumed",
        lambda package: package.holders.frame,
    ),
    "ucdp_ged": (
        "Incidents of every scope with somebody reported killed, in the columns of UCDP GED",
        lambda package: ged.rows(*package.incidents),
    ),
    "ucdp_pairs": (
        "Incidents and records of UCDP that the report's comparison joins, a row for each pair",
        lambda package: compare.pairs(ged.rows(*package.incidents), *map(tables.load, compare.TABLES)),
    ),
    "acled": ("Events of a day and a place, in the columns of ACLED", lambda package: acled.rows(*package.incidents)),
}


def by_name() -> dict[str, Form]:
    """Each form by the name of its file, in the order of the page."""
    name = tables.schema()["name"]
    found = {
        f"{name}.xlsx": Form(
            "Excel, LibreOffice: a sheet for each table, what the report computes, and totals by formulas",
            lambda p: workbook(p.tables, p.computed, p.about, p.translated),
        ),
        f"{name}.sqlite": Form(
            "SQL, R, DuckDB: all tables with keys, what the report computes, and holder_by_day",
            lambda p: database(p.tables, p.computed, p.towns, p.about),
            lambda p, path: write_database(path, p.tables, p.computed, p.towns, p.about),
        ),
        "incidents.geojson": Form(
            "QGIS, geopandas, sf: each event, violent or not, at the point of its place where one is known, with the killed by side",
            lambda p: geojson.incidents(p.tables, p.computed, p.about),
        ),
        "towns.geojson": Form(
            "QGIS, geopandas, sf: who held each town from which day to which, and whether that is only presumed",
            lambda p: geojson.towns(p.holders, p.tables["places"], p.about),
        ),
    }
    found |= {f"{frame}.csv": Form(words, _csv(make)) for frame, (words, make) in FRAMES.items()}
    titles = {resource["name"]: resource["title"] for resource in tables.schema()["resources"]}
    return found | {f"{table}.parquet": Form(title, _parquet(table)) for table, title in titles.items()}


def files(names: Iterable[str] | None = None) -> dict[str, tuple[bytes, str]]:
    """The bytes of each form and what it is for, by the name of its file; of all forms where no names are given.

    Raises KeyError for a name that is no form, with the names that there are.
    """
    package = Package()
    return {name: (form.make(package), form.words) for name, form in chosen(names).items()}


def chosen(names: Iterable[str] | None = None) -> dict[str, Form]:
    """The forms of these names; all where no names are given. Raises KeyError as `files`."""
    known = by_name()
    names = list(known) if names is None else list(names)
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            meant = f"did you mean {near[0]!r}? " if near else ""
            raise KeyError(f"{name!r}: no such form; {meant}There are: {', '.join(known)}")
    return {name: known[name] for name in names}


def _csv(make: Callable[[Package], pd.DataFrame]) -> Callable[[Package], bytes]:
    return lambda package: make(package).to_csv(index=False, lineterminator="\n").encode()


def _parquet(table: str) -> Callable[[Package], bytes]:
    return lambda package: parquet(package.tables[table])
