"""The list of published numbers: the program says what moved, and renews it."""

import json

import pandas as pd

from azawad_conflict import headline, tables
from prose import PUBLISHED
from tools import numbers


def test_what_moved_came_and_went_is_listed_and_the_list_renewed(tmp_path, capsys, monkeypatch):
    # tests/unit/headline/ holds what is computed to the list; here the list stands for it.
    monkeypatch.setattr(
        headline, "numbers", lambda topic: {key: text for key, text in PUBLISHED.items() if key.startswith(f"{topic}_")}
    )
    (key, text), *rest = sorted(PUBLISHED.items())
    (lost, _), *rest = rest
    before = {key: f"not {text}", **dict(rest), "civilians_gone": "7"}
    file, ids = tmp_path / "headline.json", tmp_path / "ids.json"
    file.write_text(json.dumps(before), "utf-8")
    published = json.loads(numbers.IDS.read_text("utf-8"))
    ids.write_text(json.dumps(published | {"places": ["gao", "gao_old"]}), "utf-8")
    assert numbers.main([], file, ids) == 0
    *listed, row = capsys.readouterr().out.splitlines()
    assert listed == [
        f"{key}: not {text} -> {text}",
        f"{lost}: not there -> {PUBLISHED[lost]}",
        "civilians_gone: 7 -> gone",
        f"3 of {len(PUBLISHED)} numbers moved",
        "gao_old of places was published and is gone: keep it, or list it in data/withdrawn_ids.csv",
        "Rows for data/changes.csv, to which you add what is blank:",
    ]
    version, day = (tables.schema()[name] for name in ("version", "created"))
    assert row == f"{key}_{version.replace('.', '_')},{version},{day[:10]},,{key},not {text},{text},"
    assert json.loads(file.read_text("utf-8")) == before
    edition = tmp_path / "edition.json"
    assert numbers.main(["--renew"], file, ids, edition) == 0
    assert edition.read_bytes() == numbers.EDITION.read_bytes()  # no column of the schema is one that the check forgets
    assert file.read_bytes() == numbers.PUBLISHED.read_bytes()
    kept = json.loads(ids.read_text("utf-8"))  # what was published stays in the list
    assert kept == published | {"places": sorted([*published["places"], "gao_old"])}


def test_data_or_a_rule_that_cannot_be_counted_are_told_without_a_traceback(monkeypatch, capsys):
    def fail(topic):
        raise ValueError("counting/weight.py: DECIDES is 'newest'")

    monkeypatch.setattr(headline, "numbers", fail)
    assert numbers.main([]) == 1
    assert capsys.readouterr().err == "numbers: not counted. counting/weight.py: DECIDES is 'newest'\n"


def test_rows_of_changes_that_differ_from_what_is_printed_are_told_and_made():
    """A number of this edition, one of an earlier, one that readers quote, one that has no row and need not, one that went."""
    columns = ["change_id", "edition", "number", "key", "after"]
    rows = [
        ("a_2", "2.0.0", "A dead", "a", "1"),
        ("a_3_1", "3.1.0", "A dead, all", "a", "2"),
        ("b", "2.10.0", "B, dead", "b", "3"),
        ("c", "2.9.0", "C", "c", "4"),
        ("gone", "2.0.0", "Gone", "gone", "5"),
        ("c_2", "2.10.0", "C", "c", "6"),
    ]
    changes = pd.DataFrame(rows, columns=columns)
    first = "casualties_islamist_killed"
    before = {"a": "1", "b": "3", "c": "6", first: "7", "casualties_grade_enemy_of_nothing": "8"}
    after = {"a": "2 to 3", "b": "4", "c": "6", first: "9", "casualties_grade_enemy_of_nothing": "9"}
    lost, earlier, own = numbers.told_otherwise(changes, after, "3.1.0")
    assert own.startswith(
        'data/changes.csv, a_3_1: edition 3.1.0 has "2" for a, printed is "2 to 3": write so; where 3.1.0'
    )
    assert earlier.startswith(
        'data/changes.csv, b: edition 2.10.0 has "3" for b, printed is "4": add the row of edition 3.1.0 that'
    )
    assert lost == 'data/changes.csv, gone: edition 2.0.0 has "5" for gone, and no number has this key'
    assert list(numbers.rows_to_add(changes, before, after, "3.1.0", "2031-01-02")) == [
        'b_3_1_0,3.1.0,2031-01-02,"B, dead",b,3,4,',
        f"{first}_3_1_0,3.1.0,2031-01-02,,{first},7,9,",
    ]
    assert list(numbers.told_otherwise(changes.drop(index=4), before | {"a": "2"}, "3.1.0")) == []
