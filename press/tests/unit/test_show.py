"""What notebooks show: parts that must be there, and data that cannot act as markup."""

import base64
import csv
import io
import re
from hashlib import sha256

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from matplotlib import pyplot

from bookpress import show

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>'
FRAME = pandas.DataFrame({"word": ["one", "two"], "count": [1, 2]})
FIGURE = {"drawing": SVG, "name": "fig-a", "caption": "Caption.", "alt": "Alt.", "data": FRAME}
TABLE = {"frame": FRAME, "name": "tab-a", "caption": "Caption."}
BYTES = bytes(range(256))
FILES = {
    "given": {"all.bin": (BYTES, "all bytes"), "a-b_2.tar.gz": (b"", "none | *at all*")},
    "name": "tab-a",
    "caption": "C.",
}


def myst(shown):
    return shown._repr_mimebundle_()["text/markdown"]


def page(shown):
    return shown._repr_mimebundle_()["text/html"]


def rendered_cells(frame):
    """The cells of the table's body as a CommonMark parser with pipe tables shows them: as HTML."""
    block = myst(show.table(frame, "tab-a", "Caption.")).split("\n\n")[1].removesuffix("\n:::")
    body = MarkdownIt("commonmark").enable("table").render(block).split("<tbody>")[1]
    return re.findall(r"<td[^>]*>(.*?)</td>", body, re.DOTALL)


@pytest.mark.parametrize("part", ["name", "caption", "alt", "data"])
@pytest.mark.parametrize("value", ["", None])
def test_a_figure_without_a_part_is_refused(part, value):
    value = None if part == "data" else value
    with pytest.raises(ValueError, match=part):
        show.figure(**{**FIGURE, part: value})


def test_a_figure_whose_author_left_out_the_words_is_told_how_to_give_them():
    with pytest.raises(ValueError, match="fig-a: alt is missing. Give it: alt='what the figure shows"):
        show.figure(SVG, "fig-a", "Caption.")
    with pytest.raises(ValueError, match="fig-a: data is missing. Give the frame that was drawn: data=frame"):
        show.figure(SVG, "fig-a", "Caption.", "Alt.")


@pytest.mark.parametrize("part", ["name", "caption"])
@pytest.mark.parametrize("value", ["", None, "  "])
def test_a_table_without_a_part_is_refused(part, value):
    with pytest.raises(ValueError, match=part):
        show.table(**{**TABLE, part: value})


def test_a_name_must_serve_as_label_and_file_name():
    for name in ("fig 1/a", "Fig-a", "fig", "tab-a"):
        with pytest.raises(ValueError, match="is not like 'fig-two-words'"):
            show.figure(**{**FIGURE, "name": name})
    with pytest.raises(ValueError, match="is not like 'tab-two-words'"):
        show.table(**{**TABLE, "name": "fig-a"})


def test_a_drawing_that_is_not_svg_is_refused():
    with pytest.raises(ValueError, match="fig-a: the drawing is not well-formed SVG"):
        show.figure(**{**FIGURE, "drawing": "<svg><path></svg>"})


def test_a_figure_carries_label_alt_caption_and_data():
    shown = show.figure(**{**FIGURE, "alt": 'Says "so" # there', "caption": "After {cite:t}`key`."})
    lines = myst(shown).splitlines()
    assert lines[0].startswith(":::{figure} data:image/svg+xml;base64,")
    assert base64.b64decode(lines[0].partition("base64,")[2]).decode() == SVG
    assert lines[1:5] == [":name: fig-a", ':alt: "Says \\"so\\" # there"', "", "After {cite:t}`key`."]
    assert ":::{datafile} fig-a.csv\n:for: fig-a\n\nword,count\none,1\ntwo,2\n:::" in myst(shown)
    assert 'alt="Says &quot;so&quot; # there"' in page(shown)


@pytest.mark.parametrize(
    ("told", "side"),
    [
        (["−7", "+100", ""], "right"),
        (["1,200", "0.5"], "right"),
        (["1\u202f200", "0,5"], "right"),
        (["2012", "2013"], "left"),  # years
        (["2012", "2012 – 2014", "2013–2014"], "left"),
        (["2012", "1900 – 2500"], "right"),
        (["2.0.0", "3.0.0"], "left"),
        (["7", "7 to 9"], "left"),
        (["7 %", "10–12 %"], "right"),
        (["", ""], "left"),
    ],
)
def test_numbers_that_are_text_stand_right_too(told, side):
    shown = show.table(pandas.DataFrame({"A": told}), "tab-a", caption="Caption.")
    assert myst(shown).splitlines()[4] == {"right": "| --: |", "left": "| :-- |"}[side]


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (["40 to 182 or more", "8 to 11", "3 or more"], ["40~to~182~or~more", "_8~to~11", "3~or~more"]),
        (["4 (4 to 67)", "20 (12 to 24) †", "not counted"], ["_4 (4~to~67)", "20 (12~to~24) †", "not counted"]),
        (["1.5 to 20 or more; 3 (all)", "in 2012 to 2013"], ["1.5~to~20~or~more; 3 (all)", "in 2012 to 2013"]),
        (["5 †", "12"], ["_5 †", "12"]),
        (["5\u00a0†", "12"], ["_5~†", "12"]),
        (["36.13 s", "0.81 s"], ["36.13 s", "_0.81 s"]),
        (["9\u202f000 à 10\u202f000", "300"], ["9\u202f000~à~10\u202f000", "__300"]),
        (["−45 (a)", "8 (b)"], ["−45 (a)", "__8 (b)"]),
        (["27 Jun 2012", "7–8 Jun 2012", "3 mai 2012"], ["27 Jun 2012", "7–8 Jun 2012", "3 mai 2012"]),
        (["at least 100", "several", "7 to 9"], ["at least 100", "several", "7~to~9"]),
    ],
)
def test_ranges_stay_whole_and_numbers_with_words_stand_below_each_other_at_the_unit(told, shown):
    """Each _ is a space as wide as a digit, each ~ one at which no line ends."""
    expected = [cell.replace("_", "\u2007").replace("~", "\u00a0") for cell in shown]
    assert rendered_cells(pandas.DataFrame({"A": told})) == expected


def test_numbers_stand_right_and_words_left_unless_told():
    rule = myst(show.table(**TABLE)).splitlines()[4]
    assert rule == "| :-- | --: |"
    rule = myst(show.table(**TABLE, align={"word": "center", "count": "left"})).splitlines()[4]
    assert rule == "| :-: | :-- |"
    with pytest.raises(ValueError, match="no column"):
        show.table(**TABLE, align={"absent": "left"})


def test_a_row_that_is_a_sum_is_bold_in_the_lab_and_in_the_book():
    frame = pandas.DataFrame({"Shape": ["circle", "all*"], "Number": [4, 12], "Note": ["", ""]})
    shown = show.table(frame, "tab-shapes", "Shapes.", sums=[False, True])
    assert "|circle|4||" in shown.markdown.replace(" ", "")
    assert r"|**all\***|**12**||" in shown.markdown.replace(" ", "")
    assert [cell for cell in ("4", "**12**") if f">{cell}</td>" in shown.html] == ["4", "**12**"]
    with pytest.raises(ValueError, match="table tab-shapes: sums tells of 1 rows, and the table has 2"):
        show.table(frame, "tab-shapes", "Shapes.", sums=[True])


def test_words_of_data_are_no_markup_in_a_heading():
    assert show.escaped("*a* <b> `c` [d](e)") == r"\*a\* \<b\> \`c\` \[d\]\(e\)"


def test_the_first_column_names_the_rows_or_the_one_that_is_told():
    frame = FRAME.assign(note=["a", "b"])
    shown = show.table(**{**TABLE, "frame": frame})
    assert '<th style="text-align:left" scope="row">one</th><td' in page(shown) and "named-by" not in myst(shown)
    shown = show.table(**{**TABLE, "frame": frame}, names="note")
    assert '<th style="text-align:left" scope="row">a</th>' in page(shown) and ":class: named-by-2\n" in myst(shown)
    shown = show.table(**{**TABLE, "frame": frame}, names="note", group="word")  # whose column the book takes out
    assert ":class: grouped grouped-word named-by-1\n" in myst(shown)
    shown = show.table(**{**TABLE, "frame": frame}, names=("word", "note"))
    assert page(shown).count(' scope="row"') == 2 * len(frame) and ":class: named-by-0 named-by-2\n" in myst(shown)
    with pytest.raises(ValueError, match="table tab-a: no column 'absent' with the names of its rows"):
        show.table(**TABLE, names="absent")


def test_ids_of_rows_stand_in_no_cell_and_at_the_end_of_each_row():
    frame = FRAME.assign(id=["one", "two old_two"])
    shown = show.table(**{**TABLE, "frame": frame}, ids="id")
    assert "| one | 1 {rowid}`one` |" in myst(shown) and "| two | 2 {rowid}`two old_two` |" in myst(shown)
    assert "old_two" not in page(shown) and "rowid" not in page(shown)
    assert "old_two" not in myst(shown).partition("{datafile}")[2]


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        (["one", "one"], "row 2: the id 'one' stands twice"),
        (["one", "two one"], "row 2: the id 'one' stands twice"),
        (["one", ""], "row 2: '' is no id"),
        (["one", "2nd"], "row 2: '2nd' is no id"),
        (["`one`", "two"], "row 1: '`one`' is no id"),
    ],
)
def test_an_id_that_could_be_no_address_is_refused(ids, message):
    with pytest.raises(ValueError, match=f"table tab-a: {message}"):
        show.table(**{**TABLE, "frame": FRAME.assign(id=ids)}, ids="id")
    with pytest.raises(ValueError, match="table tab-a: no column 'absent' with the ids of its rows"):
        show.table(**TABLE, ids="absent")


def test_a_note_may_cite_and_stands_below_the_table():
    text = myst(show.table(**TABLE, note="See {cite:t}`key`."))
    assert (
        text.index("| two")
        < text.index(":::{container} table-note\n\nSee {cite:t}`key`.\n:::")
        < text.index("{datafile}")
    )


def test_blank_means_missing_and_floats_carry_no_dust_and_as_many_decimals():
    frame = pandas.DataFrame({"share": [0.1 + 0.2, None, 3.0, 1234567.25]})
    assert rendered_cells(frame) == ["0.30", "", "3.00", "1234567.25"]
    assert rendered_cells(pandas.DataFrame({"days": [1018, 7]})) == ["1018", "7"]


MARKUP = ["a | b", r"a \| b\\", "{role}`x`", "<script>alert(1)</script>", "*a* _b_ **c**", "$x$", "[link](http://a.b)", "![i](j)",
          "&amp;", "`code`", "~~gone~~", "[^1]", "{{ sub }}", "# head", "- item", "+ item", "1. item", ":::", "| --- |", "(label)=",
          '"quotes"', "'n'", "--", "...", "^up^", "@name", "<https://a.b>", "a\\"]  # fmt: skip


@pytest.mark.parametrize("cell", MARKUP)
def test_markup_in_a_cell_is_shown_as_text(cell):
    escaped = cell.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    assert rendered_cells(pandas.DataFrame({"a": [cell]})) == [escaped]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1))
def test_any_text_in_a_cell_is_shown_as_it_is(cell):
    escaped = cell.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    assert rendered_cells(pandas.DataFrame({"a": [cell], "b": ["end"]})) == [escaped, "end"]


class Bold(str):
    def _repr_markdown_(self):
        return f"**{self}"


def test_a_myst_cell_keeps_its_markup_but_cannot_end_the_cell():
    assert rendered_cells(pandas.DataFrame({"a": [Bold("b** | c")]})) == ["<strong>b</strong> | c"]


def test_the_html_of_a_table_escapes_too():
    shown = show.table(pandas.DataFrame({"a<b": ["<script>"]}), "tab-a", "Caption <i>.", note="Note <i>.")
    assert page(shown).count("&lt;") == 4
    assert "<script>" not in page(shown) and "<i>" not in page(shown)


@given(
    st.lists(
        st.tuples(st.text(st.characters(codec="ascii", min_codepoint=32, max_codepoint=126)), st.integers()), min_size=1
    )
)
def test_the_data_block_gives_back_the_frame(rows):
    frame = pandas.DataFrame(rows, columns=["text", "number"])
    block = re.search(
        r"^(:{3,})\{datafile\} tab-a\.csv\n:for: tab-a\n\n(.*?)\n\1$",
        myst(show.table(frame, "tab-a", "C.")),
        re.DOTALL | re.MULTILINE,
    )
    assert [(text, int(number)) for text, number in list(csv.reader(io.StringIO(block[2])))[1:]] == rows


def test_data_that_csv_lines_would_not_survive_is_refused():
    with pytest.raises(ValueError, match="tab-a: the data hold an exotic line separator"):
        show.table(pandas.DataFrame({"a": ["b\u2028c"]}), "tab-a", "Caption.")


def draw():
    drawing, axes = pyplot.subplots()
    axes.plot([1, 2], [3, 4])
    axes.fill_between([1, 2], [3, 4], hatch="/")
    return show.figure(**{**FIGURE, "drawing": drawing})


def test_a_matplotlib_figure_gives_the_same_bytes_twice_and_is_closed():
    assert myst(draw()) == myst(draw())
    assert pyplot.get_fignums() == []


def test_a_number_must_be_worded():
    with pytest.raises(ValueError, match="number total: 3 is not a non-empty string"):
        show.numbers({"total": 3})
    with pytest.raises(ValueError, match="number total: ''"):
        show.numbers({"total": ""})


def test_numbers_are_glued_and_not_displayed(monkeypatch):
    glued = []
    monkeypatch.setattr("myst_nb.glue", lambda key, text, display: glued.append((key, text, display)))
    show.numbers({"a": "one", "b": "2"})
    assert glued == [("a", "one", False), ("b", "2", False)]


def test_a_note_needs_its_number(monkeypatch):
    monkeypatch.setattr("myst_nb.glue", lambda key, text, display: None)
    with pytest.raises(ValueError, match="note to b: there is no such number"):
        show.numbers({"a": "one"}, {"b": {}})
    assert '{"a": {"rule": "All."}}' in myst(show.numbers({"a": "one"}, {"a": {"rule": "All."}}))


def test_lists_in_data_are_joined_by_semicolons():
    data = pandas.DataFrame({"holders": [("mnla", "mujao"), ()], "count": pandas.array([1, None], dtype="Int64")})
    shown = show.table(FRAME, "tab-a", "Caption.", data=data)
    assert "holders,count\nmnla;mujao,1\n,\n:::" in myst(shown)


@pytest.mark.parametrize(
    "fragment",
    ["<script>x</script>", "<p onclick=x>", "<P OnClick='x'>", "<b style='color: red'>", "<style>p {}</style>"],
)
def test_a_fragment_that_brings_a_script_or_a_style_is_refused(fragment):
    with pytest.raises(ValueError, match="security policy refuses"):
        show.screen(f"<div>{fragment}</div>")


def test_a_fragment_may_hold_data_and_speak_of_scripts():
    show.screen(
        '<p title="an onclick=x in words">&lt;script&gt; onload=x style=y</p><script type="application/json">{"a": "<style>"}</script>'
    )


def test_small_pages_have_plain_names_and_bring_no_scripts():
    shown = show.screen("<p>a</p>", {"one_page": ("One: <page>", "<h1>One</h1>")})
    assert "smallpages" in shown.markdown and '{"one_page": ["One: <page>", "<h1>One</h1>"]}' in shown.markdown
    assert shown.html == "<p>a</p>"
    for name in ("", "../a", "a.b", "a/b", "1"):
        with pytest.raises(ValueError, match=re.escape(f"{name!r} is no name of a small page")):
            show.screen("<p>a</p>", {name: ("Title", "<h1>One</h1>")})
    with pytest.raises(ValueError, match="<script>"):
        show.screen("<p>a</p>", {"one": ("Title", "<script>a()</script>")})


@pytest.mark.parametrize(
    "name", ["", "data", "data.", ".csv", "../d.csv", "a/d.csv", "a\\d.csv", "-d.csv", "a b.csv", "d.CSV", "SHA256SUMS"]
)
def test_a_file_whose_name_would_not_serve_as_one_everywhere_is_refused(name):
    with pytest.raises(ValueError, match=f"tab-a: {re.escape(repr(name))}: a file's name has letters"):
        show.files({name: (b"a", "words")}, "tab-a", "Caption.")


@pytest.mark.parametrize(
    "given_as", [("text", "words"), (None, "words"), (bytearray(b"a"), "words"), (b"a", ""), (b"a", " "), (b"a", None)]
)
def test_a_file_without_bytes_or_words_is_refused(given_as):
    with pytest.raises(ValueError, match="tab-a: data.csv: is given as its bytes and what it is for"):
        show.files({"data.csv": given_as}, "tab-a", "Caption.")


def test_files_need_one_file_and_what_a_table_needs():
    with pytest.raises(ValueError, match="tab-a: no file is given"):
        show.files({}, "tab-a", "Caption.")
    with pytest.raises(ValueError, match="tab-a: caption is missing"):
        show.files(**{**FILES, "caption": ""})
    with pytest.raises(ValueError, match="is not like 'tab-two-words'"):
        show.files(**{**FILES, "name": "fig-a"})


def test_files_are_listed_with_links_sizes_and_digests():
    text, whole, none = show.files(**FILES, note="Note.").markdown, sha256(BYTES).hexdigest(), sha256(b"").hexdigest()
    assert text.startswith(":::{table} C.\n:name: tab-a\n") and "{container} table-note\n\nNote.\n" in text
    lines = text.splitlines()
    assert f"| {{givenfile}}`all.bin` | all bytes | 0.3 | {whole[:12]} |" in lines
    assert f"| {{givenfile}}`a-b_2.tar.gz` | none \\| \\*at all\\* | 0.0 | {none[:12]} |" in lines
    listed = f"file,for,bytes,sha256\nall.bin,all bytes,256,{whole}\na-b_2.tar.gz,none | *at all*,0,{none}\n"
    assert f":::{{datafile}} tab-a.csv\n:for: tab-a\n\n{listed}:::\n" in text
    assert text.endswith(f":::{{givenfiles}} \n\n{whole}  all.bin\n{none}  a-b_2.tar.gz\n\n:::\n\n")


def test_the_bytes_of_files_travel_in_the_metadata_of_the_output_alone():
    bundle, metadata = show.files(**FILES)._repr_mimebundle_()
    assert {name: base64.b64decode(packed) for name, packed in metadata[show.FILES_KEY].items()} == {
        name: content for name, (content, _) in FILES["given"].items()
    }
    assert set(metadata) == {show.FILES_KEY} and base64.b64encode(BYTES).decode() not in "".join(bundle.values())
    assert isinstance(show.table(**TABLE)._repr_mimebundle_(), dict)


def test_several_things_are_shown_below_each_other_with_words_between():
    one, two = show.table(**TABLE), show.files(**{**FILES, "name": "tab-b"})
    both = show.several("## Words *between*", one, two)
    assert both.markdown == f"## Words *between*\n\n{one.markdown}{two.markdown}"
    assert both.html.endswith(one.html + two.html) and "## Words *between*" in both.html
    assert both.metadata == two.metadata
    with pytest.raises(ValueError, match="nothing is given to show"):
        show.several()


def test_numbers_have_the_marks_of_the_language_in_which_they_are_shown(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "fr")
    assert rendered_cells(pandas.DataFrame({"share": [0.5, 3.0]})) == ["0,5", "3,0"]
    assert rendered_cells(pandas.DataFrame({"days": [1018, 7]})) == ["1\u202f018", "7"]
    assert rendered_cells(pandas.DataFrame({"year": [2012, 2013]})) == ["2012", "2013"]
    assert "| 0,3 |" in show.files(**FILES, heads=("Fichier", "Usage", "Taille")).markdown
    assert "| Fichier | Usage | Taille | sha256 |" in show.files(**FILES, heads=("Fichier", "Usage", "Taille")).markdown


class Drawing(str):
    narrow = SVG.replace("4 4", "2 4")


def test_a_drawing_for_a_phone_is_handed_on_beside_its_figure():
    text = myst(show.figure(**{**FIGURE, "drawing": Drawing(SVG)}))
    narrow = re.search(r":::\{narrowdrawing\} fig-a\n\ndata:image/svg\+xml;base64,(\S+)\n:::", text)[1]
    assert base64.b64decode(narrow).decode() == Drawing.narrow
    assert "narrowdrawing" not in myst(show.figure(**FIGURE))


def test_a_drawing_for_a_phone_that_is_broken_is_refused():
    drawing = Drawing(SVG)
    drawing.narrow = "<svg><path></svg>"
    with pytest.raises(ValueError, match="fig-a: the drawing is not well-formed"):
        show.figure(**{**FIGURE, "drawing": drawing})


def test_the_title_of_a_drawing_is_told_with_its_words_and_named_before_the_caption():
    drawing = Drawing(SVG)
    drawing.heading = "Dots *grow*"
    text = myst(show.figure(**{**FIGURE, "drawing": drawing}))
    assert f'<span class="drawn-heading">Dots \\*grow\\*. </span>{FIGURE["caption"]}' in text
    assert f':alt: "Dots *grow*. {FIGURE["alt"]}"' in text
    assert "drawn-heading" not in myst(show.figure(**FIGURE))
