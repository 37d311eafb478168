"""What the press changes in other packages is still needed, and still works: a test for each function of bookpress.compat."""

import importlib
import inspect
import subprocess
import sys
from types import SimpleNamespace

import pytest
from pybtex.richtext import Text
from sphinx.extension import Extension

from bookpress.compat import UNDECLARED, declare_parallel_reading, decode_latex_once

GRAMMARS = "rfc3987_syntax"


def imported(program):
    """What a new Python prints that runs the program."""
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()


def test_jsonschema_imports_without_address_grammars():
    needed = imported(f"import nbformat, sys; print('{GRAMMARS}' in sys.modules)")
    assert needed == ["True"], "jsonschema imports no grammars any more: without_address_grammars can go"
    program = f"""
import sys
from bookpress.compat import without_address_grammars
with without_address_grammars():
    import nbformat
print('{GRAMMARS}' in sys.modules)
nbformat.validate(nbformat.v4.new_notebook())
import {GRAMMARS}
with without_address_grammars():
    print('{GRAMMARS}' in sys.modules)
"""
    assert imported(program) == ["False", "True"]


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
