"""Comparing two builds: every changed byte is found, and told by the number, cell, figure or page it stands in."""

import io

import pikepdf
import pytest

from bookpress.markup.html import select
from bookpress.release import compare
from bookpress.release.compare import SHOWN, compare_files, compare_trees

PAGE = '<h1>Toll</h1><p>There were <span class="why number-toll">3</span> dead.</p><table><caption><span class="caption-number">Table 1</span></caption><tr><td>7</td></tr></table>'


def pdf(attached):
    document = pikepdf.new()
    document.add_blank_page()
    document.attachments["data.csv"] = attached
    out = io.BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()


def letters(*pages, meaning="61"):
    """A PDF whose pages say so many letters a; or others, if that is what the font says the letter means."""
    document = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    means = f"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <61> <00{meaning}> endbfchar endcmap"
    font.ToUnicode = document.make_stream(means.encode())
    font = document.make_indirect(font)
    for words in pages:
        page = document.add_blank_page()
        page.obj.Contents = document.make_stream(f"BT /F 9 Tf 9 9 Td ({words}) Tj ET".encode())
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    out = io.BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "one", "other", "told"),
    [
        ("a.html", PAGE, PAGE.replace(">3<", ">4<"), "a.html, number toll: published “3”, rebuilt “4”"),
        ("a.html", PAGE, PAGE.replace("7", "8"), "a.html, Table 1: published “7”, rebuilt “8”"),
        (
            "a.html",
            PAGE,
            PAGE.replace("dead", "hurt"),
            "a.html, under “Toll”: published “There were 3 dead.”, rebuilt “There were 3 hurt.”",
        ),
        ("a.html", PAGE, PAGE.replace("<p>", "<p >"), "a.html, line 1"),
        ("a.csv", "x,y\n1,2\n", "x,y\n1,3\n", "a.csv, line 2, column y: published “2”, rebuilt “3”"),
        ("a.csv", "x,y\n1,2\n", "x,y\n1,2\n3,4\n", "a.csv, line 3: published “”, rebuilt “3,4”"),
        (
            "a.svg",
            "<svg><text>Gao</text></svg>",
            "<svg><text>Kidal</text></svg>",
            "the letters of the figure: published “Gao”, rebuilt “Kidal”",
        ),
        ("a.svg", '<svg><path d="M0"/></svg>', '<svg><path d="M1"/></svg>', "a.svg, the drawing, line 1"),
        ("a.js", "a\nb\n", "a\nc\n", "a.js, line 2: published “b”, rebuilt “c”"),
        ("a.txt", "a\n", "a", "a.txt, byte 1"),
        (
            "a.pdf",
            pdf(b"x\n1\n"),
            pdf(b"x\n2\n"),
            "a.pdf, attachment data.csv, line 2, column x: published “1”, rebuilt “2”",
        ),
        ("a.pdf", letters("aa", "a"), letters("aa", "aaa"), "a.pdf, page 2: published “a”, rebuilt “aaa”"),
        ("a.pdf", letters("a"), letters("a", meaning="62"), "a.pdf, page 1: published “a”, rebuilt “b”"),
        ("a.pdf", b"%PDF broken", b"%PDF Broken", "a.pdf, byte 5"),
        ("a.png", b"\x89PNG1", b"\x89PNG2", "a.png, byte 4"),
    ],
)
def test_a_difference_is_told_by_its_place(name, one, other, told):
    found = compare_files(name, *(part if isinstance(part, bytes) else part.encode() for part in (one, other)))
    assert len(found) == 1 and told in str(found[0])


def test_a_long_table_is_not_searched_from_each_of_its_cells(monkeypatch):
    searches = []
    monkeypatch.setattr(compare, "select", lambda node, css: searches.append(node) or select(node, css))
    counts = []
    for rows in (1, 30):
        page = PAGE.replace("</table>", "<tr><td>8</td></tr>" * rows + "</table>")
        (found,) = compare_files("a.html", page.encode(), page.replace("7", "9").encode())
        assert found.place == "Table 1"
        counts.append(len(searches))
        searches.clear()
    assert counts[0] == counts[1]


def test_many_differences_are_counted():
    found = compare_files("a.txt", *("\n".join(f"{letter}{row}" for row in range(20)).encode() for letter in "ab"))
    assert len(found) == SHOWN + 1 and "20 such places" in str(found[-1])


def test_a_file_that_only_one_build_has_is_a_difference(tmp_path):
    for folder, names in (("one", "ab"), ("other", "bc")):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / name).write_text("same")
    found, same = compare_trees(tmp_path / "one", tmp_path / "other")
    assert [one.file for one in found] == ["a", "c"] and same == 1
    with pytest.raises(FileNotFoundError, match="none is missing"):
        compare_trees(tmp_path / "one", tmp_path / "none")


def test_the_name_of_the_edition_is_one_difference(tmp_path):
    pages = {"one": ("1.2.0", "<p>There are 3.</p>"), "other": ("1.2.0, modified copy", "<p>There are 4.</p>")}
    for folder, (version, words) in pages.items():
        (tmp_path / folder / "_downloads").mkdir(parents=True)
        (tmp_path / folder / "_downloads" / "CITATION.cff").write_text(f"title: A\nversion: {version}\n")
        (tmp_path / folder / "a.html").write_text(f"<h1>A</h1>{words}<p>Edition {version}, of today</p>")
        (tmp_path / folder / "b.html").write_text(f"<p>Edition {version}, of today</p>")
        (tmp_path / folder / "a.pdf").write_bytes(letters(version, words))
        (tmp_path / folder / "b.pdf").write_bytes(letters(version))
    found, same = compare_trees(tmp_path / "one", tmp_path / "other")
    assert same == 2  # the words of b.pdf are the same, and its drawings are not compared
    assert str(found[0]) == "name of the edition: published “1.2.0”, rebuilt “1.2.0, modified copy”"
    assert [(one.file, one.published) for one in found[1:]] == [
        ("a.html", "There are 3."),
        ("a.pdf", "<p>There are 3.</p>"),
    ]
