"""The list of published numbers: the program says what moved, and renews it."""

import json

from azawad_conflict import headline
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
    assert capsys.readouterr().out.splitlines() == [
        f"{key}: not {text} -> {text}",
        f"{lost}: not there -> {PUBLISHED[lost]}",
        "civilians_gone: 7 -> gone",
        f"3 of {len(PUBLISHED)} numbers moved",
        "gao_old of places was published and is gone: keep it, or list it in data/withdrawn_ids.csv",
    ]
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
