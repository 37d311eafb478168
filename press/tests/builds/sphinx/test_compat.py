"""What the press changes in other packages is still needed, and still works: a test for each function of bookpress.sphinx.compat."""

import importlib.util
import inspect
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from pybtex.richtext import Text
from sphinx.extension import Extension

from bookpress.sphinx.compat import DATABASE, UNDECLARED, declare_parallel_reading, decode_latex_once


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


def test_jupyter_cache_imports_its_database_at_once(tmp_path):
    """What is put in its place imports it where a cache is opened, and is then out of the way."""
    code = Path(importlib.util.find_spec(DATABASE).origin).read_text("utf-8")
    assert "\nfrom sqlalchemy import" in code, "import_database_late can go"
    program = (
        "import sys; from bookpress.sphinx import compat; compat.import_database_late(); import jupyter_cache.cache.main as main;"
        f"print('sqlalchemy' in sys.modules, main.JupyterCacheBase({str(tmp_path)!r}).list_cache_records(), sys.modules[compat.DATABASE].__spec__.name)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "[]", DATABASE]
