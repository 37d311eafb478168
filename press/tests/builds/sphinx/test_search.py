"""The text that the search looks through: what stands on the pages, by the places that a reader is led to."""

import json

import pytest

from bookpress.markup.html import parsed
from bookpress.sphinx.search import PROSE_FILE, ROWS_FILE, passages

TITLE = '<section id="a"><h1>Title<a class="headerlink" href="#a"></a></h1>'
PAGES = {
    "sections": (
        f'{TITLE}<p>First <em>of</em> 1,200\n words.</p><p>Second.</p><section id="b"><h2>Part</h2><p>Third.</p></section></section>',
        [["a", "Title", "First of 1,200 words.\nSecond."], ["b", "Part", "Third."]],
        [],
    ),
    "a heading alone": (
        f'{TITLE}<section id="b"><h2>Part</h2></section></section>',
        [["a", "Title", ""], ["b", "Part", ""]],
        [],
    ),
    "code, controls and drawings": (
        f'{TITLE}<div class="cell_input"><pre>secret()</pre></div><details class="admonition hide"><summary>Show</summary></details>'
        "<svg><text>secret</text></svg><form><select><option>secret</option></select></form><!-- secret --><p hidden>secret</p><span class='visually-hidden'>secret</span></section>",
        [["a", "Title", ""]],
        [],
    ),
    "commands": (
        f"{TITLE}<pre>make book  # all\nmake test</pre></section>",
        [["a", "Title", "make book # all\nmake test"]],
        [],
    ),
    "blanks that do not break": (
        f"{TITLE}<p>«\u00a0Oui\u00a0»,\n 1\u202f200 fois.</p></section>",
        [["a", "Title", "«\u00a0Oui\u00a0», 1 200 fois."]],
        [],
    ),
    "lists": (
        f"{TITLE}<ul><li>One</li><li><p>Two</p></li></ul><dl><dt>Word</dt><dd>meaning</dd></dl></section>",
        [["a", "Title", "One\nTwo\nWord\nmeaning"]],
        [],
    ),
    "a figure": (
        f'{TITLE}<figure id="fig"><picture><img alt="Bars rise."></picture><figcaption><p>Figure 1 Bars.</p></figcaption></figure></section>',
        [["a", "Title", ""], ["fig", "", "Figure 1 Bars."]],
        [],
    ),
    "a table": (
        f'{TITLE}<div class="scroll"><table id="tab"><caption>Table 1 Sides</caption><thead><tr><th>Side</th></tr></thead>'
        "<tbody><tr><td><p>square</p></td><td>4</td><td></td></tr><tr><td>cube</td><td>6</td></tr></tbody></table></div></section>",
        [["a", "Title", ""], ["tab", "", "Table 1 Sides"]],
        [["tab", "Table 1 Sides", "square|4\ncube|6"]],
    ),
    "groups of rows": (
        f'{TITLE}<table id="tab"><tr><th class="group" id="flat">Flat</th></tr><tr><td>square</td></tr><tr><th class="group" id="solid">Solid</th></tr><tr><td>cube</td></tr></table></section>',
        [["a", "Title", ""]],
        [["flat", "Flat", "square"], ["solid", "Solid", "cube"]],
    ),
    "rows with addresses": (
        f'{TITLE}<table><tr id="one"><th scope="row">Gao</th><td>4</td></tr><tr id="two"><th scope="row">Gao</th><td>5</td></tr></table></section>',
        [["a", "Title", ""]],
        [["one", "Gao", "4"], ["two", "", "5"]],
    ),
    "references": (
        f'{TITLE}<div><div class="citation" id="ref-x" role="listitem"><span class="label">[1]</span><p>Zuse (2010). Shapes. https://example.org/a</p></div></div></section>',
        [["a", "Title", ""]],
        [["ref-x", "Title", "Zuse (2010). Shapes."]],
    ),
    "folded words": (
        f'{TITLE}<details id="gao"><summary><strong>Gao</strong> now</summary><p>Held.</p></details></section>',
        [["a", "Title", ""], ["gao", "", "Gao now\nHeld."]],
        [],
    ),
    "what stands elsewhere too": (
        f'{TITLE}<p>Below.</p><div class="screen noprint"><p id="gao">Held.</p></div></section>',
        [["a", "Title", "Below."]],
        [],
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_told_by_the_places_that_a_reader_is_led_to(name):
    page, prose, rows = PAGES[name]
    assert passages(parsed(page)) == (prose, rows)


def told(html):
    """The lists of both files: [page, title, passages]."""
    scripts = [(html / file).read_text("utf-8") for file in (PROSE_FILE, ROWS_FILE)]
    return [json.loads(script.partition(" = ")[2].removesuffix(";\n")) for script in scripts]


def test_the_book_is_told_in_its_order_with_its_numbers(built_book):
    prose, rows = told(built_book / "build" / "html")
    assert [(name, title) for name, title, _ in prose] == [("index", "Small book"), ("notebooks/01-shapes", "Shapes")]
    assert prose[0][2][0][2].startswith("There are 3 shapes, drawn in Figure 1, listed in Table 1")
    assert ["family-flat", "flat", "square|4\ncircle|1"] in rows[1][2]


def test_nothing_of_sphinx_own_search_is_shipped(built_book):
    names = {file.name for file in (built_book / "build" / "html").rglob("*")}
    assert names & {"search-prose.js", "search-rows.js", "search.js"} and "search.html" in names
    assert (
        names
        & {
            "searchindex.js",
            "searchtools.js",
            "language_data.js",
            "doctools.js",
            "documentation_options.js",
            "sphinx_highlight.js",
            "basic.css",
        }
        == set()
    )


def test_a_page_that_is_gone_is_not_found(build, ran_book):
    contents = ran_book / "book" / "_toc.yml"
    before = contents.read_text("utf-8")
    contents.write_text(before + "  - file: gone\n", "utf-8")
    (ran_book / "book" / "gone.md").write_text("# Gone\n\nUnheard words.\n", "utf-8")
    assert build(ran_book).returncode == 0
    assert [name for name, *_ in told(ran_book / "build" / "html")[0]] == ["index", "notebooks/01-shapes", "gone"]
    contents.write_text(before, "utf-8")
    (ran_book / "book" / "gone.md").unlink()
    run = build(ran_book)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Unheard" not in (ran_book / "build" / "html" / PROSE_FILE).read_text("utf-8")
