"""What roles, labels and directives of MyST are in words."""

import pytest

from bookpress.notebooks.words import UNKNOWN, Words, glued, plain_html, plain_markdown, read_words, write_words

WORDS = Words(
    labels={"fig-shapes": "Figure 4", "tab-shapes": "Table 2", "deep": "Deep water"},
    pages={"methods": "Methods", "notebooks/02-sides": "Sides", "notebooks/01-shapes": "Shapes"},
    citations={"adams": "Adams and Brown (1999b)", "zuse": "Zuse (2010)"},
    numbers={"notebooks/02-sides": {"sides": "38 to 160", "share": "0.4567"}},
)
PAGE = "notebooks/01-shapes"
OWN = {"shapes": "12", "pi": "3.14159"}


def said(text, words=WORDS):
    return plain_markdown(text, words, PAGE, OWN)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{glue:text}`shapes` shapes", "12 shapes"),
        ("{glue:text}`pi:.2f`", "3.14"),
        ("{glue:}`shapes`", "12"),
        ("{glue:text}`02-sides.ipynb::sides:s`", "38 to 160"),
        ("{glue:text}`02-sides.ipynb::share:.1f`", "0.5"),
        ("{glue:text}`nowhere`", UNKNOWN),
        ("{glue:text}`03-none.ipynb::sides:s`", UNKNOWN),
        ("{numref}`fig-shapes`", "Figure 4"),
        ("{numref}`picture %s <fig-shapes>`", "picture 4"),
        ("{numref}`picture {number} <fig-shapes>`", "picture 4"),
        ("{numref}`fig-not-built`", "the figure"),
        ("{ref}`deep`", "Deep water"),
        ("{ref}`the sea <deep>`", "the sea"),
        ("{doc}`../methods`", "Methods"),
        ("{doc}`the rules <../methods>`", "the rules"),
        ("{cite:p}`zuse`", "(Zuse, 2010)"),
        ("{cite:p}`zuse, adams`", "(Adams and Brown, 1999b; Zuse, 2010)"),
        ("{cite:t}`adams`", "Adams and Brown (1999b)"),
        ("{cite:p}`nobody`", "(nobody)"),
        ("{pdf}`the paper`", "the paper"),
        ("{language}`le mot <fr>`", "le mot"),
        ("{unheard-of}`words <target>`", "words"),
        ("{sub}`2` and {kbd}``a`b``", "2 and a`b"),
        ("[](../methods.md)", "Methods"),
        ("[the rules](../methods.md#there)", "the rules"),
        ("[](#deep)", "Deep water"),
        ("[away](https://example.org/a)", "[away](https://example.org/a)"),
        ("[file](beside.csv)", "[file](beside.csv)"),
        ("![A dot](dot.svg)", "![A dot](dot.svg)"),
        ("`{numref}` and ``{glue:text}`shapes` ``", "`{numref}` and ``{glue:text}`shapes` ``"),
        ("{not a role} and {neither}", "{not a role} and {neither}"),
        ("(deep)=\n# Deep\n", "# Deep\n"),
        ("(see below)= is no label here", "(see below)= is no label here"),
    ],
)
def test_what_a_role_a_label_or_a_link_is_in_words(text, words):
    assert said(text) == words


def test_with_an_address_links_lead_to_the_published_pages():
    words = Words(pages=WORDS.pages, labels=WORDS.labels, site="https://example.org/book/")
    assert said("[](../methods.md#there)", words) == "[Methods](https://example.org/book/methods.html#there)"
    assert said("[here](#deep)", words) == "[here](https://example.org/book/notebooks/01-shapes.html#deep)"


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("```python\n{glue:text}`shapes`\n```\n", "```python\n{glue:text}`shapes`\n```\n"),
        (":::{note}\nOf {glue:text}`shapes`.\n\nMore.\n:::\n", "> **Note**\n>\n> Of 12.\n>\n> More.\n"),
        ("```{admonition} All {glue:text}`shapes`\n:class: tip\n\nBody.\n```\n", "> **All 12**\n>\n> Body.\n"),
        (
            "```{figure} a.png\n:name: fig-a\n:alt: A dot\n\nA {cite:t}`zuse`.\n```\n",
            "![A dot](a.png)\n\nA Zuse (2010).\n",
        ),
        ("::::{div}\n:::{note}\nIn.\n:::\n::::\n", "> **Note**\n>\n> In.\n"),
        ("```{table} Of {glue:text}`shapes`\n| a |\n|---|\n| 1 |\n```\n", "**Of 12**\n\n| a |\n|---|\n| 1 |\n"),
        ("```{math}\n:label: e\nx^2\n```\n", "$$\nx^2\n$$\n"),
        ("```{code-block} python\nprint(1)\n```\n", "```python\nprint(1)\n```\n"),
        ("```{bibliography}\n```\n", ""),
    ],
)
def test_what_a_directive_is_in_words(block, words):
    assert said(f"Before.\n\n{block}\nAfter {{glue:text}}`shapes`.") == f"Before.\n\n{words}\nAfter 12."


def test_captions_have_their_number_and_cells_that_are_text_stay_as_they_are():
    html = (
        '<caption class="myst" data-label="tab-shapes">All {glue:text}`shapes` &lt;b&gt; *big*.</caption>'
        "<td>{glue:text}`shapes`</td>"
        '<td class="myst" style="text-align:left">{cite:t}`zuse`, {ref}`sea &lt;deep&gt;`</td>'
    )
    assert plain_html(html, WORDS, PAGE, OWN) == (
        '<caption class="myst" data-label="tab-shapes"><strong>Table 2</strong> All 12 &lt;b&gt; <em>big</em>.</caption>'
        "<td>{glue:text}`shapes`</td>"
        '<td class="myst" style="text-align:left">Zuse (2010), sea</td>'
    )


def test_glued_values_are_text():
    def output(name, shown):
        return {"data": {"application/papermill.record/text/plain": shown}, "metadata": {"scrapbook": {"name": name}}}

    others = [{"output_type": "stream", "text": "x"}, {"data": {"text/plain": "1"}, "metadata": {}}]
    assert glued([output("a", "'38 to 160'"), output("b", "12"), output("c", "<thing>"), *others]) == {
        "a": "38 to 160",
        "b": "12",
        "c": "<thing>",
    }


def test_words_are_written_and_read(tmp_path):
    write_words(WORDS, tmp_path / "words.json")
    assert read_words(tmp_path / "words.json") == WORDS
