"""The templates: a value that a module forgets is an error, and no empty place on a page."""

import jinja2
import pytest

from azawad_conflict.reader_tables.evidence.searches import WORDS
from azawad_conflict.templates import render


def test_a_value_that_is_missing_is_an_error():
    with pytest.raises(jinja2.UndefinedError, match="'words' is undefined"):
        render("sources.html")
    with pytest.raises(jinja2.UndefinedError, match="no attribute 'source_id'"):
        render("sources.html", words=WORDS, heads=(), sources=[{"cited": "AFP (2013)"}])
