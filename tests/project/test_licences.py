"""Every package in use states its licence."""

import csv

from bookpress.release import licences
from prose import ROOT


def test_every_package_in_use_states_its_licence():
    rows = licences.report((ROOT / "requirements.txt").read_text("utf-8"))
    assert len(rows) > 100 and [row["package"] for row in rows if not row["licence"]] == []
    assert list(csv.DictReader(licences.as_csv(rows).splitlines())) == rows
