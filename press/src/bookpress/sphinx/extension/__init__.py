"""What the press adds to Sphinx, by feature.

`_config.yml` names this package, so that jupyter-book alone gives the same pages.
"""

from __future__ import annotations

from bookpress.notebooks import kernels
from bookpress.sphinx import bibliography, compat, doctree_cache, kept_results, lettered, search
from bookpress.sphinx.extension import (
    data_files,
    executed,
    figures,
    given_files,
    mathematics,
    messages,
    numbers,
    outputs,
    references,
    site,
    tables,
)

FEATURES = (
    site,  # edition, frame of the pages, files beside them
    figures,
    tables,
    mathematics,
    outputs,  # what cells show and pages cannot
    data_files,
    given_files,
    numbers,
    references,
    messages,  # what further languages translate
    bibliography,
    lettered,  # a long one, parted
    executed,  # words and executed notebooks for readers beside the book
    kept_results,  # results of notebooks that the press has run
    doctree_cache,  # pages that need not be read again
    search,
    kernels,  # off the network
    compat,  # changes to other packages
)


def setup(app):
    """Register all features; called by Sphinx."""
    for feature in FEATURES:
        feature.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
