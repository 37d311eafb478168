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
