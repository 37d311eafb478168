"""Every mutant of the data package is refused where it is broken, save those listed with the reason why it passes.

tests/mutants/ makes the mutants. Where a rule speaks of two places, such as two spells that overlap, the fault may be
at the other one; the mutant says so.
"""

import inspect
from collections import Counter

import pytest

from azawad_conflict import tables
from azawad_conflict.checks import rules
from mutants import Check, Mutant, all_mutants, batches, read_package, refused, tally

pytestmark = pytest.mark.long

# Mutants that pass, and why they may. A file that ends with a whole row looks complete: where no rule or key asks for
# the lost row, only the history of the file knows of it, and the printed totals, which other tests compare.
NOTHING_ASKS = (
    "No key or rule asks for the last row; the file's history and the totals printed in the book show the loss."
)
SURVIVORS = {
    "abuse_claims: last row lost": NOTHING_ASKS,
    "attribution_claims: last row lost": NOTHING_ASKS,
    "casualty_claims: last row lost": NOTHING_ASKS,
    "event_claims: last row lost": NOTHING_ASKS,
    "readings: last row lost": NOTHING_ASKS,
    "searches: last row lost": NOTHING_ASKS,
    "background_claims: last row lost": NOTHING_ASKS,
    "background_claims.date[rebellion_1963]: date before the conflict": "The background reaches back before the conflict.",
    "strength_claims: last row lost": NOTHING_ASKS,
    "crosswalk: last row lost": NOTHING_ASKS,
    "ucdp_records: last row lost": NOTHING_ASKS,
    "control_spells: last row lost": NOTHING_ASKS,
    "withdrawn_ids: last row lost": "Another test knows the ids that were published; no key or rule asks for this row.",
    "changes: last row lost": NOTHING_ASKS,
    "second_coding: last row lost": NOTHING_ASKS,
    "sources.published[aa_anefis11]: date before the conflict": "A publication may be older than the conflict, as works on method are.",
    "actors.active_from[french_forces]: date before the conflict": "Most actors are older than the conflict.",
    "strength_claims.date[mnla_deserted]: date before the conflict": "A strength may be reported for a year outside the window, as one of 2023 is.",
}


@pytest.fixture(scope="module")
def mutants():
    return all_mutants()


@pytest.fixture(scope="module")
def check(tmp_path_factory):
    return Check(tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="module")
def survivors(mutants, check):
    return check.survivors(mutants)


def test_the_copy_without_mutants_has_no_fault(check):
    assert check.faults([]) == []


def test_no_mutant_survives_but_those_listed(survivors):
    assert {mutant.name for mutant in survivors} == set(SURVIVORS)


def test_the_copy_is_whole_again(check, survivors):
    assert check.faults([]) == []


def test_the_tally_holds_every_mutant(mutants, survivors):
    counts = tally(mutants, survivors)
    assert sum(killed for killed, _ in counts.values()) == len(mutants) - len(SURVIVORS)
    assert sum(survived for _, survived in counts.values()) == len(SURVIVORS)


def test_there_are_enough_mutants_and_none_twice(mutants):
    assert len(mutants) >= 5_000
    assert [name for name, count in Counter(mutant.name for mutant in mutants).items() if count > 1] == []


def test_every_table_is_broken_in_every_way_of_a_file(mutants):
    ways = {mutant.kind for mutant in mutants if mutant.level == "file"}
    broken = {(mutant.target, mutant.kind) for mutant in mutants if mutant.level == "file"}
    assert broken == {(name, way) for name in read_package() for way in ways}


def test_every_constraint_of_every_column_is_broken(mutants):
    kinds = {
        "required": "blank",
        "unique": "repeated key",
        "enum": "unlisted value of an enum",
        "pattern": "pattern",
        "minimum": "below the minimum",
        "maximum": "above the maximum",
    }
    wanted = {
        f"{table.name}.{field['name']}: {kinds[constraint]}"
        for table in read_package().values()
        for field in table.fields
        for constraint in field.get("constraints", {})
    }
    assert wanted <= {mutant.name for mutant in mutants}


def test_every_mutant_says_what_is_wrong(mutants):
    # A lost row may break any rule.
    assert {mutant.kind for mutant in mutants if not mutant.words} == {"last row lost"}


def test_batches_hold_every_mutant_once_and_no_place_twice(mutants):
    together = batches(mutants)
    assert Counter(mutant.name for batch in together for mutant in batch) == Counter(mutant.name for mutant in mutants)
    for batch in together:
        touched = Counter(place for mutant in batch for place in mutant.touches)
        assert max(touched.values(), default=1) == 1


def test_a_mutant_is_refused_alone_as_it_is_in_company(mutants, check):
    # A few of them; `PYTHONPATH=tests python -m mutants --alone` takes all.
    sample = [mutant for mutant in mutants if mutant.level != "descriptor"][::4000]
    assert [mutant.name for mutant in sample if not refused(mutant, check.faults([mutant]))] == []


def test_a_fault_elsewhere_or_for_another_reason_does_not_count(check):
    cell = ("people.csv", 2, "role", "")
    place = ("people.csv", 4, "role")
    right = Mutant("cell", "blank", "people.role", place, "blank, expected a value", cells=(cell,))
    other_line = Mutant(
        "cell", "blank", "people.role", ("people.csv", 5, "role"), "blank, expected a value", cells=(cell,)
    )
    other_words = Mutant("cell", "blank", "people.role", place, "is not allowed", cells=(cell,))
    assert [mutant for mutant in (right, other_line, other_words) if refused(mutant, check.faults([right]))] == [right]


def test_rules_name_their_tables():
    # A rule that takes a table out of `tables` would stop the check when the file is missing.
    names = {resource["name"] for resource in tables.schema()["resources"]}
    for rule in rules.RULES:
        source = inspect.getsource(rule)
        assert not any(f'tables["{name}"]' in source for name in names), rule.__name__
