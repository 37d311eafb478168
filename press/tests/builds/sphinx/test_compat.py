"""What the press changes in other packages is still needed, and still works: a test for each function of bookpress.sphinx.compat."""

import importlib
import inspect
from types import SimpleNamespace

import pytest
from pybtex.richtext import Text
from sphinx.extension import Extension

from bookpress.sphinx.compat import UNDECLARED, declare_parallel_reading, decode_latex_once


@pytest.mark.parametrize("name", UNDECLARED)
def test_extensions_of_jupyter_book_declare_nothing(name):
    module = importlib.import_module(name)
    assert "parallel_read_safe" not in inspect.getsource(module), f"{name} says so: declare_parallel_reading can go"
    app = SimpleNamespace(extensions={name: Extension(name, module)})
    assert app.extensions[name].parallel_read_safe is None
    declare_parallel_reading(app)
    assert app.extensions[name].parallel_read_safe is True


def test_pybtex_decodes_anew_each_time(monkeypatch):
    plain = getattr(Text.from_latex, "__wrapped__", Text.from_latex)
    monkeypatch.setattr(Text, "from_latex", plain)
    latex = r"Les {\'E}tats {GNU} \emph{libres}"
    anew = Text.from_latex(latex)
    assert Text.from_latex(latex) is not anew, "pybtex keeps what it decoded: decode_latex_once can go"
    decode_latex_once()
    assert Text.from_latex(latex) is Text.from_latex(latex)
    assert Text.from_latex(latex) == anew
