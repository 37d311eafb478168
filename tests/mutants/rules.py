"""Mutants of rules between columns and tables."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from azawad_conflict.checks.columns import EDTF
from azawad_conflict.checks.rules.order import SORTED_BY
from mutants.package import ANYWHERE, Mutant, csv_bytes


def rule_mutants(package):
    """Mutants of cells that are right by themselves and wrong beside others."""
    mutants = []
    for table in package.values():
        for breaks in (_numbers_out_of_order, _dates_far_away, _unknown_rows, _places_moved):
            mutants += breaks(table)
    mutants += _spells_that_overlap(package["control_spells"])
    mutants += _backwards(package["control_spells"], "start", "end", "does not come after start")
    mutants += _backwards(package["phases"], "first_day", "last_day", "comes before first_day")
    mutants += _events_outside_their_phase(package["events"], package["phases"])
    mutants += _rows_out_of_order(package)
    mutants += _circular_actors(package["actors"])
    return mutants


def _rule_mutant(kind, table, row, values, column, words, at_row=None):
    """A mutant of cells of one row. at_row: the other row of the pair, when the rule puts the fault there."""
    return Mutant(
        "rule",
        kind,
        f"{table.name}.{column}[{table.rows[row][0]}]",
        (table.file, (row if at_row is None else at_row) + 2, column),
        words,
        cells=tuple((table.file, row, name, value) for name, value in values.items()),
        touches=frozenset((table.file, place) for place in {row, row if at_row is None else at_row}),
    )


def _numbers_out_of_order(table):
    """low, best and high against their order, and against the reason that stands for a number; each row in one way."""
    if not {"low", "best", "high", "reason"} <= set(table.header):
        return
    used = Counter()
    for row, record in enumerate(table.records()):
        # The way that was used least so far, so that each has its turn.
        kind, values, column, words = min(_broken_numbers(record), key=lambda way: used[way[0]], default=[None] * 4)
        if kind:
            used[kind] += 1
            yield _rule_mutant(kind, table, row, values, column, words)


def _broken_numbers(record):
    """(kind, cells, column and words of the fault) for one row of numbers."""
    low, best, high = (int(record[name]) if record[name] else None for name in ("low", "best", "high"))
    ways = []
    if best is not None:
        ways.append(("low above best", {"low": str(best + 1)}, "low", f"low {best + 1} is above best"))
    if best is not None and low is not None and high is None:
        ways.append(("best above an open end", {"best": str(low + 1)}, "best", "without a high"))
    if best is not None and high is not None:
        ways.append(("best above high", {"best": str(high + 1)}, "best", "is above high"))
    if best is None and low is not None and high is not None:
        ways.append(("low above high", {"low": str(high + 1)}, "low", "is above high"))
    if record.get("counted", "yes") == "yes" and (low, best, high) != (None, None, None):
        ways.append(("idle reason", {"reason": "So."}, "reason", "a reason beside a number"))
        blank = {"low": "", "best": "", "high": ""}
        ways.append(("no number and no reason", blank, "reason", "no number and no reason"))
    return ways


def _dates_far_away(table):
    """Each column of dates long before the conflict."""
    for field in table.fields:
        if field["type"] == "date" or field.get("rdfType") == EDTF:
            filled = [row for row, value in enumerate(table.column(field["name"])) if value]
            row = filled[0] if filled else 1
            values = {field["name"]: "1999-12-31"}
            mutant = _rule_mutant("date before the conflict", table, row, values, field["name"], "1999-12-31")
            # Of an actor that ceased too early the rule names the rows in which the actor does something later.
            ceased = {"place": ANYWHERE, "words": "was not active", "touches": frozenset()}
            yield replace(mutant, **ceased) if field["name"] == "active_to" else mutant


def _unknown_rows(table):
    """Lists of sentences and of table:identifier, which no foreign key can hold together."""
    for field in table.fields:
        column = field["name"]
        filled = [row for row, value in enumerate(table.column(column)) if value]
        if column == "base_sentence" and "separator" in field:
            yield _rule_mutant("unknown sentence", table, filled[0], {column: "54"}, column, '"54" is no sentence')
        if column in ("carried_by", "evidence", "row"):
            values = {column: "events:nobody"}
            yield _rule_mutant("unknown row", table, filled[0], values, column, '"nobody" is not in events.csv')
            yield _rule_mutant("unknown table", table, filled[1], {column: "nobody:mnla"}, column, "names no table")


def _places_moved(table):
    """Each place in Mali with its coordinates swapped."""
    if not {"latitude", "longitude", "country"} <= set(table.header):
        return
    for row, record in enumerate(table.records()):
        if record["country"] == "Mali":
            values = {"latitude": record["longitude"], "longitude": record["latitude"]}
            yield _rule_mutant("coordinates swapped", table, row, values, "latitude", "is outside Mali")


def _spells_that_overlap(spells):
    """Each spell made to last longer than the next one of its place. The fault is that of the next one: its start."""
    records = spells.records()
    order = sorted(
        range(len(records)), key=lambda row: [records[row][name] for name in ("reading", "place_id", "start")]
    )
    for row, after in pairwise(order):
        same = all(records[row][name] == records[after][name] for name in ("reading", "place_id"))
        if same and len(records[after]["start"]) == 10:
            day_after = date.fromisoformat(records[after]["start"]) + timedelta(days=1)
            values = {"end": day_after.isoformat()}
            yield _rule_mutant("overlapping spells", spells, row, values, "start", "surely ended", at_row=after)
            yield _rule_mutant("spell without end", spells, row, {"end": ""}, "start", "has no end", at_row=after)


def _backwards(table, first, last, words):
    """Each pair of dates of which both are days, swapped."""
    for row, record in enumerate(table.records()):
        if len(record[first]) == len(record[last]) == 10 and record[first] != record[last]:
            values = {first: record[last], last: record[first]}
            yield _rule_mutant("from and to swapped", table, row, values, last, words)


def _events_outside_their_phase(events, phases):
    """Each event dated to the day, moved to the first day of the phase before its own. The fault is at phase_id."""
    earlier = {}
    for before, phase in zip(phases.records(), phases.records()[1:]):
        earlier[phase["phase_id"]] = before["first_day"]
    for row, record in enumerate(events.records()):
        if record["phase_id"] in earlier and len(record["date"]) == 10:
            values = {"date": earlier[record["phase_id"]]}
            yield _rule_mutant("date outside the phase", events, row, values, "phase_id", "lies outside the phase")


def _rows_out_of_order(package):
    """The first row of each sorted table, moved to its end: it stands too low there."""
    for name, columns in (SORTED_BY | {"casualty_claims": ["claim_id"]}).items():
        table, column = package[name], columns[-1]
        last = len(table.rows) - 1
        swapped = csv_bytes([table.header, *table.rows[1:], table.rows[0]])
        yield Mutant(
            "rule",
            "first row moved to the end",
            name,
            (table.file, last + 2, column),
            "stands too low",
            edit=(table.file, lambda content, swapped=swapped: swapped),
            touches=frozenset((table.file, row) for row in range(len(table.rows))),
        )


def _circular_actors(actors):
    """An actor as part of itself."""
    for row, record in enumerate(actors.records()):
        if record["parent_id"]:
            values = {"parent_id": record["actor_id"]}
            yield _rule_mutant("part of itself", actors, row, values, "parent_id", "is part of itself")
