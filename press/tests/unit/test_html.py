"""Trees of HTML: no word is lost or moved, whatever is taken out, put in or put around."""

import pytest

from bookpress.markup.html import (
    Element,
    children,
    first,
    is_within,
    parsed,
    put_before,
    put_first,
    select,
    taken,
    words_of,
    wrap,
    written_inside,
)

PAGE = 'before <p class="a b">one <b>two</b> three<!-- aside --> four</p> after'


def test_what_is_read_is_written_again():
    page = f'{PAGE}<br><svg width="1"><path d="M0 0"></path></svg><script type="application/json">["<b>&"]</script>1 &lt; 2'
    assert written_inside(parsed(page)) == page


def test_children_are_nodes_and_words_in_their_order():
    told = [child if isinstance(child, str) else child.tag for child in children(first(parsed(PAGE), "p"))]
    assert told == ["one ", "b", " three", " four"]


@pytest.mark.parametrize(
    ("change", "becomes"),
    [
        (lambda b: taken(b), "one  three"),
        (lambda b: put_before(b, Element("i")), "one <i></i><b>two</b> three"),
        (lambda b: wrap(b, Element("i")), "one <i><b>two</b></i> three"),
        (lambda b: put_first(b, Element("i"), "; "), "one <b><i></i>; two</b> three"),
        (lambda b: put_first(b.getparent(), b), "<b>two</b>one  three"),
    ],
)
def test_a_change_loses_no_word(change, becomes):
    body = parsed("<p>one <b>two</b> three</p>")
    change(first(body, "b"))
    assert written_inside(first(body, "p")) == becomes


def test_what_is_taken_out_has_its_own_words_alone():
    node = taken(first(parsed(PAGE), "b"))
    assert words_of(node) == "two" and node.tail is None


def test_selectors_look_below_a_node_and_above_it():
    body = parsed(PAGE)
    assert [node.tag for node in select(body, ".b, b")] == ["p", "b"]
    assert first(first(body, "b"), "b") is None
    assert is_within(first(body, "b"), "p.a") and not is_within(first(body, "p"), "p")
