"""Changes to other packages that offer no way to ask for them: one function each, with its reason and its end.

press/tests/builds/sphinx/test_compat.py fails for each that its package has made needless, or that no
longer works.
"""

from __future__ import annotations

import functools
import importlib
import sys
from types import ModuleType

from jupyter_cache import get_cache
from pybtex.richtext import Text

# jupyter-book loads both. The one acts on LaTeX alone; the other numbers sections after all pages
# are read.
UNDECLARED = ("sphinx_jupyterbook_latex", "sphinx_multitoc_numbering")
DATABASE = "jupyter_cache.cache.db"


def setup(app):
    """Make the changes."""
    app.connect("builder-inited", declare_parallel_reading)
    decode_latex_once()


def declare_parallel_reading(app):
    """Say for two extensions that pages may be read side by side, of which they say nothing: Sphinx then would not, with a warning.

    Packages : sphinx-jupyterbook-latex up to 1.0.0, sphinx-multitoc-numbering up to 0.1.3.
    Threads : https://github.com/executablebooks/sphinx-multitoc-numbering/issues/27,
    https://github.com/executablebooks/sphinx-external-toc/issues/115.
    Test : test_extensions_of_jupyter_book_declare_nothing.
    """
    for name in UNDECLARED:
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True


def decode_latex_once():
    """Let pybtex decode each name and title of a bibliography once, not anew for every place that shows it: thousands in a long book.

    Package : pybtex 0.24 and newer, as far as `Text.from_latex` keeps nothing. Thread : none.
    Test : test_pybtex_decodes_anew_each_time.
    """
    if not hasattr(Text.from_latex, "cache_info"):
        Text.from_latex = functools.cache(Text.from_latex)


def open_caches_as(kind):
    """Have MyST-NB open the caches that its settings name as `kind`, a class of jupyter-cache, which lets its caller choose one; MyST-NB does not.

    Package : MyST-NB up to 1.3.0. Thread : none.
    Test : test_notebooks_with_equal_code_show_their_own_outputs_and_own_settings_hold, where a kernel would run without it.
    """
    from myst_nb.core.execute import cache  # behind `import_database_late`

    cache.get_cache = functools.partial(get_cache, cache_cls=kind)


def import_database_late():
    """Have jupyter-cache import SQLAlchemy where it first opens a database: MyST-NB imports both, and where the press ran the notebooks none is opened.

    SQLAlchemy takes a quarter of the time of all that Sphinx imports. Called before MyST-NB is imported. Package : jupyter-cache up to 1.0.1. Thread : none.
    Test : test_jupyter_cache_imports_its_database_at_once.
    """
    if DATABASE not in sys.modules:
        stand_in = ModuleType(DATABASE)
        stand_in.__getattr__ = _Late
        sys.modules[DATABASE] = stand_in


class _Late:
    """A name of the database's module, which is imported where the name is used."""

    def __init__(self, name):
        if name.startswith("__"):  # what Python asks of a module
            raise AttributeError(name)
        self._name = name

    def _found(self):
        if sys.modules[DATABASE].__spec__ is None:
            del sys.modules[DATABASE]  # the stand-in, which nothing was loaded for
        return getattr(importlib.import_module(DATABASE), self._name)

    def __getattr__(self, attribute):
        if attribute.startswith("__"):  # what typing asks of a type
            raise AttributeError(attribute)
        return getattr(self._found(), attribute)

    def __call__(self, *arguments, **named):
        return self._found()(*arguments, **named)
