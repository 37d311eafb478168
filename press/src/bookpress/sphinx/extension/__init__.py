"""What the press adds to Sphinx, by feature.

`_config.yml` names this package, so that jupyter-book alone gives the same pages.
"""

from __future__ import annotations

from bookpress.sphinx import bibliography, handover, reading, search, writing
from bookpress.sphinx.extension import data_files, figures, numbers, site, tables

FEATURES = (
    site,  # edition, frame of the pages, files beside them
    figures,
    tables,
    data_files,
    numbers,
    bibliography,
    handover,  # results of notebooks that the press has run
    reading,  # pages that need not be read again
    writing,  # pages that need not be written again
    search,
)


def setup(app):
    """Register all features; called by Sphinx."""
    for feature in FEATURES:
        feature.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
