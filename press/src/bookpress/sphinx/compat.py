"""Changes to other packages that offer no way to ask for them: one function each, with its reason and its end.

press/tests/builds/sphinx/test_compat.py fails for each that its package has made needless, or that no
longer works.
"""

from __future__ import annotations

import functools

from pybtex.richtext import Text

# jupyter-book loads both. The one acts on LaTeX alone; the other numbers sections after all pages
# are read.
UNDECLARED = ("sphinx_jupyterbook_latex", "sphinx_multitoc_numbering")


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
