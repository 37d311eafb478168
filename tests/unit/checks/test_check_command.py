"""`python -m azawad_conflict check [DATA_DIR]`: exit codes, one line per fault, every fault in one run; `rules` lists what it asks."""

import os
import re
import subprocess
import sys

import pytest

from azawad_conflict import tables
from azawad_conflict.__main__ import main
from azawad_conflict.checks.rules import RULES

FAULT = re.compile(r"[\w.]+:\d+: [\w()]+: .+, expected .+")


def run(*arguments, **environment):
    """The finished process of the command."""
    return subprocess.run(
        [sys.executable, "-m", "azawad_conflict", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
    )


@pytest.fixture
def check(capsys):
    """The function that runs the command on a folder in this process: its exit code, and the lines that it prints."""

    def check(*folder):
        code = main(["check", *map(str, folder)])
        said, complained = capsys.readouterr()
        assert complained == ""
        return code, said.splitlines()

    return check


def test_good_data():
    process = run("check")
    names = [resource["name"] for resource in tables.schema()["resources"]]
    count = sum(len(tables.load(name)) for name in names)
    assert (process.returncode, process.stderr) == (0, "")
    assert process.stdout == f"{len(names)} tables, {count:,} rows: no fault\n"


def test_the_counts_are_those_of_the_folder(check, data_copy):
    _, (before,) = check()
    data_copy.remove("strength_claims.csv", "islamist_groups_fighters_clateway")
    _, (then,) = check(data_copy.folder)
    rows, after = (int(re.search(r"([\d,]+) rows", told)[1].replace(",", "")) for told in (before, then))
    assert after == rows - 1


def test_broken_data_lists_every_fault(check, data_copy):
    first = data_copy.set("casualty_claims.csv", "gao_mnla_killed", low="9")
    second = data_copy.set("casualty_claims.csv", "menaka_mnla_killed", outcome="hurt", claimant="")
    third = data_copy.set("people.csv", "bilal_ag_acherif", note=" Wounded")
    assert check(data_copy.folder) == (
        1,
        [
            f"casualty_claims.csv:{first}: low: low 9 is above best 4, expected low <= best <= high",
            f"casualty_claims.csv:{second}: claimant: blank, expected a value",
            f'casualty_claims.csv:{second}: outcome: "hurt" is not allowed, expected one of killed, wounded, captured',
            f'people.csv:{third}: note: " Wounded" has stray white space, expected single ordinary spaces between words',
        ],
    )


def test_letters_that_the_stream_does_not_know_are_printed_by_their_numbers(data_copy):
    data_copy.set("people.csv", "bilal_ag_acherif", note=" Ménaka")
    process = run("check", data_copy.folder, PYTHONIOENCODING="ascii")
    assert process.returncode == 1 and r'note: " M\xe9naka" has stray' in process.stdout and process.stderr == ""


def test_a_fault_is_one_line_whatever_the_cell_holds(check, data_copy):
    data_copy.set("people.csv", "bilal_ag_acherif", note="one\ntwo\x1b[31m", role="é\u2028")
    _, lines = check(data_copy.folder)
    assert len(lines) == 2
    assert all(FAULT.fullmatch(line) for line in lines)


def test_faults_are_sorted_by_file_and_line(check, data_copy):
    for file in ("people.csv", "actors.csv"):
        for column in ("note", "source_id"):
            data_copy.replace(file, f"{column}", f"{column}x")
    for row in ("gao_mnla_killed", "in_arab_mnla_killed", "reprisal_mnla_killed"):
        data_copy.set("casualty_claims.csv", row, certainty="sure")
    _, lines = check(data_copy.folder)
    places = [(file, int(line)) for file, line, _ in (row.split(":", 2) for row in lines)]
    assert len(set(places)) >= 5
    assert places == sorted(places)


def test_azawad_data(check, data_copy, monkeypatch):
    data_copy.path("people.csv").unlink()
    monkeypatch.setenv("AZAWAD_DATA", str(data_copy.folder))
    code, lines = check()
    assert code == 1 and any("people.csv:1: (file): the file is missing" in line for line in lines)


def test_a_folder_that_is_not_there(check, tmp_path):
    code, lines = check(tmp_path / "nowhere")
    assert code == 1 and lines[0].startswith("datapackage.json:1: (file): the file is missing")


def test_wrong_usage(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["chek"])
    assert "usage: python -m azawad_conflict" in capsys.readouterr().err


def test_a_source_that_the_pages_could_not_cite_is_told_with_both_bibliographies(check, data_copy):
    """The data have a bibliography beside them, but the pages cite from the book's own."""
    data_copy.append(
        "sources.csv", "own_source,news,,A title,A paper,,2014-01-01,https://example.org/own,A paper,en,whole,,"
    )
    # In a process of its own: here a file that is equal to one that was read has its name too.
    told = {line for line in run("check", data_copy.folder).stdout.splitlines() if "own_source" in line}
    files = [str(data_copy.bibliography), str(tables.CITED_FROM)]
    assert sorted(
        file for line in told for file in files if f"own_source is not in {file}, expected" in line
    ) == sorted(files)
    data_copy.bibliography.write_text(
        data_copy.bibliography.read_text("utf-8")
        + "@misc{own_source, title = {A title}, url = {https://example.org/own}}\n",
        "utf-8",
    )
    [line] = [line for line in check(data_copy.folder)[1] if "own_source" in line]
    assert f"own_source is not in {tables.CITED_FROM}, expected" in line


def test_each_rule_is_listed_with_its_sentence_and_place(capsys):
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines] == [rule.__name__ for rule in RULES]
    assert all(re.fullmatch(r"\w+: .+ \(src/azawad_conflict/checks/rules/\w+\.py:\d+\)", line) for line in lines)
