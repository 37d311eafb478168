"""A book in further languages: an invented one marks every string, so that what stays in English is seen."""

import json
import re
import shutil
import subprocess
import sys

import pypdfium2
import pytest
from babel.messages.pofile import read_po, write_po
from bs4 import BeautifulSoup

from bookpress.book.languages import PRESS, folder_of
from notebook_books import SMALL_BOOK

INVENTED = "eo"  # a code that Babel knows and the press does not; its words are the English ones between marks
CELL = """import os
from bookpress.show import figure, numbers, table
import pandas

runs = globals().get("runs", 0) + 1
shapes = pandas.DataFrame({"shape": ["circle", "square"], "sides": [1, 4]})
say = lambda words: f"⟦{words}⟧" if os.environ.get("LANGUAGE") == "eo" else words
named = lambda: shapes.set_axis([say("Shape"), say("Sides")], axis=1).assign(**{say("Shape"): [say("round"), say("square")]})
numbers({"shapes_total": str(len(shapes)), "shapes_first": say("round"), "shapes_runs": str(runs)}, {"shapes_total": {"rule": say("All shapes."), "claims": [], "more": None}})"""
FIGURE = """figure(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>',
    "fig-shapes", caption=say("A drawing."), alt=say("A square."), data=shapes,
)"""
TABLE = 'table(named(), "tab-shapes", caption=say("The shapes."), note=say("Counted by hand."), data=shapes)'


def press(project, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "bookpress", *arguments, "book", "--output", "build"],
        cwd=project, capture_output=True, text=True,
    )  # fmt: skip


def marked(words):
    """The words between marks, but for roles and links, which stay as they are."""
    parts = re.split(r"(\{[\w:.+-]+\}`[^`]*`|\[\]\([^)]*\)|%s|\{\w+\})", words)
    parts = [re.sub(r"\{pdf\}`(.*)`", r"{pdf}`⟦\1⟧`", part) for part in parts]
    return "".join(part if number % 2 or not part.strip() else f"⟦{part}⟧" for number, part in enumerate(parts))


def mark_all(folder):
    for file in folder.rglob("*.po"):
        with file.open("rb") as opened:
            catalogue = read_po(opened)
        for message in catalogue:
            if message.id:
                message.string, message.flags = marked(message.id), message.flags - {"fuzzy"}
        with file.open("wb") as opened:
            write_po(opened, catalogue)


@pytest.fixture(scope="module")
def book(tmp_path_factory, build):
    """A small book with a part, built in English and in the invented language, which got catalogues and no code."""
    project = shutil.copytree(SMALL_BOOK, tmp_path_factory.mktemp("languages") / "small_book", symlinks=True)
    config, notebook = project / "book" / "_config.yml", project / "notebooks" / "01-shapes.ipynb"
    config.write_text(
        config.read_text("utf-8").replace("      slug:", f"      languages: [{INVENTED}]\n      slug:"), "utf-8"
    )
    (project / "book" / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nparts:\n- caption: First part\n  chapters:\n  - file: notebooks/01-shapes\n",
        "utf-8",
    )
    made = json.loads(notebook.read_text("utf-8"))
    prose, code = made["cells"][:2]
    prose["source"] = (
        "# Shapes\n\nThere are {glue:text}`shapes_total`, a {glue:text}`shapes_first` one first, in {glue:text}`shapes_runs` run.\n\n- One item\n- Another item, see [](../index.md) and {cite:p}`undated` and {cite:p}`relayed`\n\n| Head |\n|---|\n| Cell in prose |\n| ⟦round⟧ |"
    )
    made["cells"] = [
        prose,
        *({**code, "id": f"cell{n}", "source": source} for n, source in enumerate((CELL, FIGURE, TABLE))),
    ]
    for cell in made["cells"][1:]:
        cell["metadata"] = {"tags": ["hide-input"]}
    notebook.write_text(json.dumps(made), "utf-8")
    with (project / "book" / "references.bib").open("a", encoding="utf-8") as file:
        file.write(
            "\n@misc{undated,\n  author = {{Office of Shapes}},\n  title = {Of no day},\n  howpublished = {The Shape, read at a forum},\n  year = {n.d.-b},\n  note = {Seen in part. Printed in No. 7},\n}\n"
            "\n@misc{relayed,\n  author = {{Office of Lines}},\n  title = {{Of lines}},\n  keywords = {lines, descriptive title},\n  howpublished = {read at a mirror},\n  year = {2001},\n}\n"
        )
    begun = press(project, "catalogues")
    assert begun.returncode == 0, begun.stderr
    folder = folder_of(project / "book", INVENTED)
    (folder / f"{PRESS}.po").write_bytes(press_words())
    mark_all(folder)
    shutil.rmtree(project / "build")
    run = build(project)
    assert run.returncode == 0, run.stdout + run.stderr
    return project


def press_words():
    """The catalogue of the press in French, of which the invented language takes the English side."""
    from importlib import resources

    return resources.files("bookpress").joinpath("locale/fr/LC_MESSAGES/bookpress.po").read_bytes()


@pytest.fixture
def changed(book):
    """The built book, to be changed and built again in its place, for which what was kept holds; what tests change is put back."""
    good = shutil.copytree(book, book.with_name("good"), symlinks=True)
    yield book
    shutil.rmtree(book)
    good.rename(book)


def page(project, name):
    return BeautifulSoup((project / "build" / "html" / f"{name}.html").read_text("utf-8"), "html.parser")


# What has no language: code, BibTeX and RIS, names of people, the name of the other language, addresses, references' own titles.
WITHOUT = (
    "script",
    "style",
    "details.hide",
    "pre",
    "a.language",
    "[role=doc-biblioentry]",
    ".bibtex-citation",
    ".citation",
    "[role=listitem]",
    "a[href*='#ref-']",
    "nav.contents > ul.front",
)
NAMES = r"SVG|PNG|CSV|Ann Author|CC-BY-4\.0|BibTeX|RIS|PDF|https?:\S+|1\.2\.0|2020-Februaro-29|\bmot\b"  # the last is French


@pytest.mark.parametrize("name", ["index", "notebooks/01-shapes", "search"])
def test_every_string_of_a_page_is_in_the_language(book, name):
    soup = page(book, f"{INVENTED}/{name}")
    for node in soup.select(", ".join(WITHOUT)):
        node.decompose()
    said = [
        *soup.find_all(string=True),
        *(node[key] for key in ("alt", "aria-label", "placeholder") for node in soup.find_all(attrs={key: True})),
    ]
    left = [text for text in said if re.search(r"[^\W\d_]{2}", re.sub(rf"⟦[^⟧]*⟧|{NAMES}", "", text))]
    assert [text for text in left if type(text) is not type(soup.contents[0])] == []
    assert "⟦" in soup.get_text()
    assert soup.html["lang"] == INVENTED


def test_what_was_computed_is_computed_once_and_worded_twice(book):
    english, other = (page(book, f"{side}notebooks/01-shapes") for side in ("", f"{INVENTED}/"))
    assert english.find("p", string=None).get_text() != other.find("p", string=None).get_text()
    assert "There are 2, a round one first, in 1 run." in english.get_text()
    assert "⟦There are ⟧2⟦, a ⟧⟦round⟧⟦ one first, in ⟧1⟦ run.⟧" in other.get_text()
    # What a cell shows stays as its code words it, where the prose has a message of the same words too.
    prose = [[cell.get_text() for cell in soup.select("table td, tbody th")][:2] for soup in (english, other)]
    assert prose == [["Cell in prose", "⟦round⟧"], ["⟦Cell in prose⟧", "⟦⟦round⟧⟧"]]
    rows = [[cell.get_text() for cell in soup.select("table td, tbody th")][2:] for soup in (english, other)]
    assert rows == [["round", "1", "square", "4"], ["⟦round⟧", "1", "⟦square⟧", "4"]]
    assert english.select("[id=number-shapes-total]") and other.select("[id=number-shapes-total]")
    notes = (book / "build" / "html" / INVENTED / "_static" / "number-notes.js").read_text("utf-8")
    assert "⟦All shapes.⟧" in notes


def test_a_work_without_a_date_is_cited_so_in_each_language(book):
    for side, cited in (("", "(Office of Shapes, n.d.-b)"), (f"{INVENTED}/", "(⟦Office of Shapes⟧, ⟦n.d.⟧-b)")):
        assert cited in page(book, f"{side}notebooks/01-shapes").get_text(), side
        listed = page(book, f"{side}index").find(id="ref-undated").get_text()
        assert cited.partition(", ")[2] in listed.replace("(", ""), side


def test_notes_of_works_and_who_carries_them_are_in_the_language(book):
    listed = {side: page(book, f"{side}index").find(id="ref-undated").get_text() for side in ("", f"{INVENTED}/")}
    assert "The Shape, read at a forum. Seen in part. Printed in No. 7." in listed[""]
    assert "⟦The Shape⟧, ⟦read at ⟧⟦a forum⟧. ⟦Seen in part⟧. ⟦Printed in No. 7⟧." in listed[f"{INVENTED}/"]
    alone = {side: page(book, f"{side}index").find(id="ref-relayed").get_text() for side in ("", f"{INVENTED}/")}
    assert ". Read at a mirror." in alone[""] and ". ⟦read at ⟧⟦a mirror⟧." in alone[f"{INVENTED}/"]


def test_a_title_in_the_book_s_own_language_is_marked_where_the_page_has_another(book):
    titles = [page(book, f"{side}index").find(id="ref-undated").em for side in ("", f"{INVENTED}/")]
    assert [[words["lang"] for words in title.select("[lang]")] for title in titles] == [[], ["en"]]


def test_a_descriptive_title_and_the_body_that_signs_are_in_the_language(book):
    listed = [page(book, f"{side}index").find(id="ref-relayed") for side in ("", f"{INVENTED}/")]
    assert [entry.get_text().strip().partition(". ⟦read")[0].partition(". Read")[0] for entry in listed] == [
        "Office of Lines (2001). Of lines",
        "⟦Office of Lines⟧ (2001). ⟦Of lines⟧",
    ]
    assert [entry.em.select("[lang]") for entry in listed] == [[], []]


def test_each_page_leads_to_the_same_page_in_the_other_language(book):
    english, other = page(book, "notebooks/01-shapes"), page(book, f"{INVENTED}/notebooks/01-shapes")
    to, back = english.find("a", class_="language"), other.find("a", class_="language")
    assert (to["href"], to["hreflang"]) == ("../eo/notebooks/01-shapes.html", "eo")
    assert (back["href"], back["hreflang"]) == ("../../notebooks/01-shapes.html", "en")
    alternates = [
        {link["hreflang"]: link["href"] for link in soup.select("link[rel=alternate]")} for soup in (english, other)
    ]
    assert alternates[0] == alternates[1]
    assert (
        alternates[0]["eo"]
        == other.find("link", rel="canonical")["href"]
        == "https://example.org/small-book/eo/notebooks/01-shapes.html"
    )


def test_each_language_has_its_pdf(book):
    names = [f"small-book-1.2.0{side}.pdf" for side in ("", f"-{INVENTED}")]
    texts = []
    for name in names:
        assert (book / "build" / name).is_symlink()
        with pypdfium2.PdfDocument(book / "build" / name) as document:
            texts.append(" ".join(found.get_textpage().get_text_range() for found in document))
            assert document.get_metadata_dict()["Title"] == (
                "⟦Small book⟧⟦: ⟧⟦a test⟧" if name == names[1] else "Small book: a test"
            )
    for words in ("Contents", "First part", "A drawing.", "Counted by hand.", "How to cite", "Edition"):
        assert f"⟦{words}⟧" in texts[1] and f"⟦{words}⟧" not in texts[0], words


def test_a_second_build_does_nothing_and_a_changed_message_runs_no_notebook(changed, build):
    assert "nothing changed" in build(changed).stdout
    before = {
        path: path.read_bytes() for path in (changed / "build" / "html").rglob("*.html") if INVENTED not in path.parts
    }
    file = folder_of(changed / "book", INVENTED) / "index.po"
    file.write_text(file.read_text("utf-8").replace("⟦Small book⟧", "⟦Small⟧"), "utf-8")
    run = build(changed)
    assert "no notebook to run" in run.stdout, run.stdout + run.stderr
    assert page(changed, f"{INVENTED}/index").h1.get_text(strip=True).startswith("⟦Small⟧")
    assert all(path.read_bytes() == content for path, content in before.items())
    verdict = press(changed, "verify")
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr


def test_a_changed_sentence_is_told_until_it_is_translated_and_its_translation_is_kept_in_doubt(changed, build):
    index = changed / "book" / "index.md"
    index.write_text(index.read_text("utf-8").replace("There are ", "One counts "), "utf-8")
    run = build(changed)
    assert run.returncode == 0, run.stderr
    assert re.search(rf"{INVENTED}: (\d+) of \d+ messages are translated\n +index\.md, line 3: One counts", run.stdout)
    assert "One counts" in page(changed, f"{INVENTED}/index").get_text()
    assert press(changed, "catalogues").returncode == 0
    text = (folder_of(changed / "book", INVENTED) / "index.po").read_text("utf-8")
    assert re.search(r"#, fuzzy.*\nmsgid \"\"\n\"One counts", text)
    assert "1 of them to translate" in press(changed, "catalogues").stdout


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "zuse2010",
            "zuse",
            r"index\.po, line \d+: a role or link is not that of the text: the translation lacks .*zuse2010",
        ),
        (
            "⟦Small book⟧",
            "⟦Small book 2⟧",
            r"index\.po, line \d+: a number is not that of the text: the translation has 2",
        ),
        ('msgid "Small book"', "msgid Small book", r"index\.po, line \d+: "),
    ],
)
def test_a_broken_message_is_named_with_file_and_line_and_the_last_good_book_stands(changed, build, old, new, fault):
    file = folder_of(changed / "book", INVENTED) / "index.po"
    text = file.read_text("utf-8")
    # the last place: a message's id stands before its translation
    head, found, tail = text.rpartition(old)
    assert found
    file.write_text(head + new + tail, "utf-8")
    run = build(changed)
    assert run.returncode == 1
    assert re.search(fault, run.stderr), run.stderr
    assert page(changed, f"{INVENTED}/index").h1.get_text(strip=True).startswith("⟦Small book⟧")


@pytest.mark.parametrize(
    ("languages", "fault"),
    [
        ("[xx-nowhere]", "_config.yml, line 12: bookpress: languages: xx-nowhere: no language has this code"),
        ("[de]", "_config.yml, line 12: bookpress: languages: de: has no catalogue"),
        ("[en]", "_config.yml, line 12: bookpress: languages: en: stands twice, or is the language of the book"),
    ],
)
def test_a_language_that_cannot_be_is_told_with_its_line(small_book, build, languages, fault):
    config = small_book / "book" / "_config.yml"
    config.write_text(
        config.read_text("utf-8").replace("      slug:", f"      languages: {languages}\n      slug:"), "utf-8"
    )
    run = build(small_book)
    assert run.returncode == 1
    assert fault in run.stderr


def test_the_command_names_other_languages_or_none(changed, build):
    config = changed / "book" / "_config.yml"
    config.write_text(config.read_text("utf-8").replace(f"languages: [{INVENTED}]", "languages: [xx]"), "utf-8")
    alone = build(changed, "--languages", "")
    assert alone.returncode == 0, alone.stderr
    assert not (changed / "build" / "html" / INVENTED).exists()
    assert not page(changed, "index").find("a", class_="language")
    both = build(changed, "--languages", INVENTED)
    assert both.returncode == 0, both.stderr
    assert page(changed, f"{INVENTED}/index").h1.get_text(strip=True).startswith("⟦Small book⟧")
