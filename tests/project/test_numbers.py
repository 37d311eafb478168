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
    file = tmp_path / "headline.json"
    file.write_text(json.dumps(before), "utf-8")
    assert numbers.main([], file) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{key}: not {text} -> {text}",
        f"{lost}: not there -> {PUBLISHED[lost]}",
        "civilians_gone: 7 -> gone",
        f"3 of {len(PUBLISHED)} numbers moved",
    ]
    assert json.loads(file.read_text("utf-8")) == before
    assert numbers.main(["--renew"], file) == 0
    assert file.read_bytes() == numbers.PUBLISHED.read_bytes()


def test_data_or_a_rule_that_cannot_be_counted_are_told_without_a_traceback(monkeypatch, capsys):
    def fail(topic):
        raise ValueError("counting/weight.py: DECIDES is 'newest'")

    monkeypatch.setattr(headline, "numbers", fail)
    assert numbers.main([]) == 1
    assert capsys.readouterr().err == "numbers: not counted. counting/weight.py: DECIDES is 'newest'\n"
