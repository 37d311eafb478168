"""The first queries of the page on using the data: each runs on the files that the build offers, and gives the report's own numbers."""

import contextlib
import io
import json
import re
import shutil
import sqlite3
import subprocess

import duckdb
import pandas as pd
import pytest

from azawad_conflict import casualties, questions, territory
from azawad_conflict.edtf_dates import day_bounds
from azawad_conflict.exchange.forms import files
from azawad_conflict.tables import load
from prose import ROOT

DAY = "2012-07-01"  # of the page's queries
NAMES = ["incident_ranges.csv", "ucdp_ged.csv", "towns.geojson", "casualty_claims.parquet", "azawad-conflict.sqlite"]


@pytest.fixture(scope="module")
def blocks():
    """Heading of a section to its blocks of code."""
    page = (ROOT / "book" / "use-data.md").read_text("utf-8")
    sections = (section.partition("\n") for section in page.split("\n## ")[1:])
    return {head: re.findall(r"^```\w+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL) for head, _, text in sections}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The files that the queries read; those of UCDP are stood in for by its records that are in the data."""
    target = tmp_path_factory.mktemp("files")
    for name, (content, _) in files(NAMES).items():
        (target / name).write_bytes(content)
    dyads = load("ucdp_dyads").set_index("dyad_key")["dyad_id"]
    records = load("ucdp_records")
    known = day_bounds(records["date"])
    made = records.assign(id=records["record_id"], dyad_new_id=records["dyad_key"].map(dyads), country="Mali")
    made = made.assign(date_start=known["earliest"].dt.date, date_end=known["latest"].dt.date)
    made[["id", "dyad_new_id", "country", "date_start", "date_end", "best"]].to_csv(
        target / "GEDEvent.csv", index=False
    )
    return target


@pytest.fixture(scope="module")
def published():
    return questions.totals().set_index("side")[["low", "best", "high"]]


@pytest.fixture(scope="module")
def held():
    """Town to its holders on the day of the queries."""
    states = territory.states_on(
        DAY, territory.reading(load("control_spells"), "assessed"), load("control_claims"), load("places")
    )
    return states[states["state"] != "unknown"].set_index("place_id")["holders"].to_dict()


def run(code, folder, monkeypatch):
    """What a block leaves behind, by name."""
    monkeypatch.chdir(folder)
    left = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(code, left)
    return left


def test_python_gives_the_published_totals(blocks, folder, published, monkeypatch):
    first, second = blocks["Python"]
    totals = run(first, folder, monkeypatch)["totals"]
    assert totals.astype(int).equals(published.loc[totals.index].astype(int))
    run(second, folder, monkeypatch)


def test_sql_gives_the_published_totals_and_the_holders_of_the_day(blocks, folder, published, held):
    first, second = blocks["SQL"]
    with contextlib.closing(sqlite3.connect(folder / "azawad-conflict.sqlite")) as connection:
        sums = {side: numbers for side, *numbers in connection.execute(first)}
        rows = connection.execute(second).fetchall()
    assert sums == {side: list(row) for side, row in zip(published.index, published.to_numpy().tolist(), strict=True)}
    names = load("places").set_index("place_id")["name"]
    said = {name: tuple(holder.split(";")) if holder else () for name, _, holder, *_ in rows}
    assert said == {names[place]: holders for place, holders in held.items()}


def test_the_filter_of_the_map_gives_the_holders_of_the_day(blocks, folder, held):
    (condition,) = blocks["A map"]
    features = json.loads((folder / "towns.geojson").read_text("utf-8"))["features"]
    rows = [
        tuple(one["properties"][name] for name in ("place_id", "holder", "valid_from", "valid_to")) for one in features
    ]
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE towns (place_id, holder, valid_from, valid_to)")
        connection.executemany("INSERT INTO towns VALUES (?, ?, ?, ?)", rows)
        found = dict(connection.execute(f"SELECT place_id, holder FROM towns WHERE {condition}"))
    assert {place: tuple(holder.split(";")) if holder else () for place, holder in found.items()} == held


def test_duckdb_counts_the_claims(blocks, folder, monkeypatch):
    (query,) = blocks["DuckDB"]
    monkeypatch.chdir(folder)
    with duckdb.connect() as connection:
        rows = connection.execute(query).fetchall()
    claims = load("casualty_claims")
    wanted = claims[claims["outcome"] == "killed"]["claimant_role"].value_counts()
    assert {role: number for role, number, _ in rows} == wanted.to_dict()


def test_rows_meet_those_of_ucdp_alike_in_python_and_r(blocks, folder, monkeypatch):
    *_, python, r = blocks["Beside UCDP"]
    near = run(python, folder, monkeypatch)["near"]
    pairs = set(zip(near["id"], near["id_ucdp"], strict=True))
    assert ("gao_2012_06_27", "list_75383") in pairs and near["dyad_new_id"].notna().all()
    assert ("menaka_2012_11", "list_75388") in pairs  # their days meet where their first days do not
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    in_r(r + 'write.csv(near, "near.csv")', ("readr", "dplyr"), folder)
    told = pd.read_csv(folder / "near.csv")
    assert set(zip(told["id"], told["id_ucdp"], strict=True)) == pairs


def test_the_rows_of_this_conflict_add_up_and_have_voices_in_python_and_r(blocks, folder, monkeypatch):
    python, r, *_ = blocks["Beside UCDP"]
    left = run(python, folder, monkeypatch)
    everyone = casualties.everyone_killed(
        casualties.incident_ranges(*map(load, ("casualty_claims", "events", "actors", "sources")))
    )
    ends = ["low", "best", "high"]
    assert left["core"][ends].sum().tolist() == everyone[ends].sum().tolist()
    assert set(left["told"]["id"]) == set(left["ours"]["id"]) and left["told"]["best_voice"].notna().any()
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    in_r(r + 'write.csv(core, "core.csv"); write.csv(told, "told.csv")', ("readr", "dplyr"), folder)
    assert set(pd.read_csv(folder / "core.csv")["id"]) == set(left["core"]["id"])
    columns = ["id", "victim", "best_voice"]
    assert pd.read_csv(folder / "told.csv")[columns].equals(left["told"][columns])


def in_r(code, packages, folder):
    """Run code in R. Skips, with their names, where packages are missing."""
    asked = "; ".join(f"stopifnot(requireNamespace('{name}', quietly = TRUE))" for name in packages)
    if subprocess.run(["Rscript", "-e", asked], capture_output=True).returncode:
        pytest.skip(f"R has not all of {', '.join(packages)}")
    ran = subprocess.run(["Rscript", "-e", code], cwd=folder, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
@pytest.mark.parametrize(("place", "packages"), [(0, ("readr", "dplyr")), (1, ("dplyr", "sf"))])
def test_r_gives_the_published_totals_and_the_holders_of_the_day(blocks, folder, published, held, place, packages):
    code = blocks["R"][place] + (
        'write.csv(totals, "out.csv")' if place == 0 else 'write.csv(st_drop_geometry(on_day), "out.csv")'
    )
    in_r(code, packages, folder)
    told = pd.read_csv(folder / "out.csv")
    if place == 0:
        assert told.set_index("side")[["low", "best", "high"]].astype(int).equals(published.astype(int))
    else:
        certain = {row.place_id: tuple(row.holder.split(";")) for row in told.dropna(subset=["holder"]).itertuples()}
        assert certain and certain.items() <= held.items()
