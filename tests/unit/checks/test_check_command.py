"""`python -m azawad_conflict check [DATA_DIR]`: exit codes, one line per fault, every fault in one run."""

import os
import re
import subprocess
import sys

from azawad_conflict import tables

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


def test_good_data():
    process = run("check")
    names = [resource["name"] for resource in tables.schema()["resources"]]
    count = sum(len(tables.load(name)) for name in names)
    assert (process.returncode, process.stderr) == (0, "")
    assert process.stdout == f"{len(names)} tables, {count:,} rows: no fault\n"


def test_the_counts_are_those_of_the_folder(data_copy):
    before = run("check").stdout
    data_copy.remove("strength_claims.csv", "islamist_groups_fighters_clateway")
    rows, after = (
        int(re.search(r"([\d,]+) rows", told)[1].replace(",", ""))
        for told in (before, run("check", data_copy.folder).stdout)
    )
    assert after == rows - 1


def test_broken_data_lists_every_fault(data_copy):
    first = data_copy.set("casualty_claims.csv", "gao_mnla_killed", low="9")
    second = data_copy.set("casualty_claims.csv", "menaka_mnla_killed", outcome="hurt", claimant="")
    third = data_copy.set("people.csv", "bilal_ag_acherif", note=" Wounded")
    process = run("check", data_copy.folder)
    assert process.returncode == 1
    assert process.stdout.splitlines() == [
        f"casualty_claims.csv:{first}: low: low 9 is above best 4, expected low <= best <= high",
        f"casualty_claims.csv:{second}: claimant: blank, expected a value",
        f'casualty_claims.csv:{second}: outcome: "hurt" is not allowed, expected one of killed, wounded, captured',
        f'people.csv:{third}: note: " Wounded" has stray white space, expected single ordinary spaces between words',
    ]


def test_letters_that_the_stream_does_not_know_are_printed_by_their_numbers(data_copy):
    data_copy.set("people.csv", "bilal_ag_acherif", note=" Ménaka")
    process = run("check", data_copy.folder, PYTHONIOENCODING="ascii")
    assert process.returncode == 1 and r'note: " M\xe9naka" has stray' in process.stdout and process.stderr == ""


def test_a_fault_is_one_line_whatever_the_cell_holds(data_copy):
    data_copy.set("people.csv", "bilal_ag_acherif", note="one\ntwo\x1b[31m", role="é\u2028")
    process = run("check", data_copy.folder)
    lines = process.stdout.splitlines()
    assert len(lines) == 2
    assert all(FAULT.fullmatch(line) for line in lines)


def test_faults_are_sorted_by_file_and_line(data_copy):
    for file in ("people.csv", "actors.csv"):
        for column in ("note", "source_id"):
            data_copy.replace(file, f"{column}", f"{column}x")
    for row in ("gao_mnla_killed", "in_arab_mnla_killed", "reprisal_mnla_killed"):
        data_copy.set("casualty_claims.csv", row, certainty="sure")
    process = run("check", data_copy.folder)
    places = [(file, int(line)) for file, line, _ in (row.split(":", 2) for row in process.stdout.splitlines())]
    assert len(set(places)) >= 5
    assert places == sorted(places)


def test_azawad_data(data_copy):
    data_copy.path("people.csv").unlink()
    process = run("check", AZAWAD_DATA=str(data_copy.folder))
    assert process.returncode == 1
    assert "people.csv:1: (file): the file is missing" in process.stdout


def test_a_folder_that_is_not_there(tmp_path):
    process = run("check", tmp_path / "nowhere")
    assert process.returncode == 1
    assert process.stdout.startswith("datapackage.json:1: (file): the file is missing")
    assert process.stderr == ""


def test_wrong_usage():
    process = run("chek")
    assert process.returncode == 2
    assert "usage: python -m azawad_conflict" in process.stderr


def test_a_source_that_the_pages_could_not_cite_is_told_with_both_bibliographies(data_copy):
    """The data have a bibliography beside them, but the pages cite from the book's own."""
    data_copy.append(
        "sources.csv", "own_source,news,,A title,A paper,,2014-01-01,https://example.org/own,A paper,en,whole,,"
    )
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
    [line] = [line for line in run("check", data_copy.folder).stdout.splitlines() if "own_source" in line]
    assert f"own_source is not in {tables.CITED_FROM}, expected" in line
