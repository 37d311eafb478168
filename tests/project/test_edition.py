"""The edition: said alike wherever it is said, and opened and dated by one command."""

import json
import shutil
import tomllib

import pytest
import yaml

from azawad_conflict import tables
from bookpress.book.edition import read_edition
from prose import ROOT
from tools import edition
from tools.edition import HEADING, LOG, SAID


@pytest.fixture
def copy(tmp_path):
    for name in (*SAID, LOG, "data/changes.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def said(root):
    """Version and day as each place has them; pyproject.toml has no day."""
    package = json.loads((root / "data/datapackage.json").read_text("utf-8"))
    cited = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    return {
        "log": HEADING.search((root / LOG).read_text("utf-8")).groups(),
        "cited": (cited["version"], str(cited["date-released"])),
        "package": (package["version"], package["created"].removesuffix("T00:00:00Z")),
        "project": tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"],
    }


def test_an_edition_is_said_alike_wherever_it_is_said():
    version, day = HEADING.search((ROOT / LOG).read_text("utf-8")).groups()
    assert said(ROOT) == {**dict.fromkeys(("log", "cited", "package"), (version, day)), "project": version}
    assert (read_edition(ROOT / "book").version, str(read_edition(ROOT / "book").date)) == (version, day)


def test_the_change_log_tells_of_every_edition_that_moved_a_number_or_withdrew_an_id():
    told = dict(HEADING.findall((ROOT / LOG).read_text("utf-8")))
    changes, withdrawn = tables.load("changes"), tables.load("withdrawn_ids")
    assert {row.change_id: row.date for row in changes.itertuples()} == {
        row.change_id: told.get(row.edition) for row in changes.itertuples()
    }
    assert set(withdrawn["edition"]) <= set(told)


def test_an_edition_is_opened_and_dated_on_the_day_of_its_release(copy):
    before = (copy / LOG).read_text("utf-8")
    assert edition.main(["30.1.0", "--date", "2031-01-02"], copy) == 0
    opened = {**dict.fromkeys(("log", "cited", "package"), ("30.1.0", "2031-01-02")), "project": "30.1.0"}
    assert said(copy) == opened
    assert (copy / LOG).read_text("utf-8").replace("## 30.1.0 (2031-01-02)\n\n", "") == before
    rows = (copy / "data/changes.csv").read_text("utf-8")
    (copy / "data/changes.csv").write_text(rows + "a_row,30.1.0,2031-01-02,Words,key,1,2,Why.\n", "utf-8")
    assert edition.main(["30.1.0", "--date", "2031-02-03"], copy) == 0
    assert said(copy) == {name: ("30.1.0", "2031-02-03") for name in ("log", "cited", "package")} | {
        "project": "30.1.0"
    }
    assert (copy / "data/changes.csv").read_text("utf-8") == rows + "a_row,30.1.0,2031-02-03,Words,key,1,2,Why.\n"


@pytest.mark.parametrize("wrong", [["1.0.0"], ["thirty"], ["30.1.0", "--date", "tomorrow"]])
def test_an_edition_that_cannot_be_is_refused_and_nothing_written(copy, wrong, capsys):
    before = said(copy)
    with pytest.raises(SystemExit):
        edition.main(wrong, copy)
    assert "expected three numbers" in capsys.readouterr().err and said(copy) == before
