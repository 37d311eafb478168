"""The licences of the packages: each one is stated, read from the most exact place, and none is guessed."""

import pytest

from bookpress.release import licences

PACKAGE = {"Name": "Shape_Tools", "Version": "1.0", "License": "UNKNOWN", "LicenseText": "UNKNOWN"}
PERMISSION = "Redistribution and use in source and binary forms, with or without modification, are permitted"


@pytest.mark.parametrize(
    ("stated", "licence"),
    [
        ({"License": "MIT OR BSD-3-Clause", "LicenseText": "GPL"}, "MIT OR BSD-3-Clause"),
        ({"LicenseText": "\n  ISC License\n\nPermission to use"}, "ISC License"),
        ({"License": f"MIT License\n\n{PERMISSION}", "LicenseText": PERMISSION}, ""),
        ({}, ""),
    ],
)
def test_the_most_exact_statement_is_taken_and_none_is_guessed(monkeypatch, stated, licence):
    monkeypatch.setattr(licences, "_installed", lambda: [PACKAGE | stated])
    (row,) = licences.report("shape-tools==1.0\n")
    assert row == {"package": "shape-tools", "version": "1.0", "licence": licence}


def test_a_package_that_states_none_fails_the_report(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(licences, "_installed", lambda: [PACKAGE])
    (tmp_path / "requirements.txt").write_text("shape-tools==1.0\nnot-installed==2.0\n")
    assert licences.main(tmp_path / "requirements.txt") == 1
    said = capsys.readouterr()
    assert "not-installed" not in said.out + said.err
    assert "shape-tools,1.0," in said.out and "licences: shape-tools state no licence" in said.err
