"""The tests' own finding of words that a typesetter cut."""

from pdf_parts import words_cut


def test_a_word_cut_without_a_hyphen_is_found():
    known = {"somebody", "some", "else", "reading"}
    assert list(words_cut(["they are read", "ing somebody's el", "se", "some", "else"], known)) == [
        ("read", "ing"),
        ("el", "se"),
    ]
    assert list(words_cut(["they are read\ufffeing some", "else"], known)) == []
