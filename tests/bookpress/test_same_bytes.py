"""The same book gives the same PDF: in another folder, time zone and locale, on one core or more, cold or warm."""

import shutil

import pypdf
import pytest

PDF = "build/small-book-1.2.0.pdf"


@pytest.mark.parametrize("rounds", [1, 2], ids=["cold", "warm"])
def test_the_pdf_is_the_same(build, built_book, small_book, tmp_path, rounds):
    project = shutil.copytree(small_book, tmp_path / "another place, à côté", symlinks=True)
    surroundings = {"PYTHONHASHSEED": "1", "TZ": "America/Los_Angeles", "LC_ALL": "C", "LANG": "fr_FR.UTF-8", "HOME": str(tmp_path)}
    for _ in range(rounds):
        run = build(project, OMP_NUM_THREADS="1", **surroundings)
        assert run.returncode == 0, run.stdout + run.stderr
    assert (project / PDF).read_bytes() == (built_book / PDF).read_bytes()


def test_one_setting_gives_the_other_paper(build, small_book):
    run = build(small_book, "--paper", "us-letter")
    assert run.returncode == 0, run.stdout + run.stderr
    sheet = pypdf.PdfReader(small_book / PDF).pages[2].mediabox
    assert (round(sheet.width), round(sheet.height)) == (612, 792)
