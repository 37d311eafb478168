"""The data of figures and tables, offered as CSV beside them."""

from __future__ import annotations

from html import escape
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.locale import get_translation
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from bookpress.book.languages import PRESS
from bookpress.environment import DATA_FOLDER

_ = get_translation(PRESS)

# Key of a page's metadata, which Sphinx keeps, merges and drops with the page: {file name:
# content}.
FILES = "bookpress_data_files"


def setup(app):
    """Register what data files need."""
    app.add_node(datafile)
    app.add_directive("datafile", DataFile)
    app.connect("doctree-resolved", link_data_files)
    app.connect("build-finished", write_data_files)


class datafile(nodes.Element):
    """Stands for the link to a data file until the number of its figure is known."""


class DataFile(SphinxDirective):
    """Offers its content for download; `:for:` names the figure or table whose data it is."""

    has_content = True
    required_arguments = 1
    option_spec = {"for": directives.unchanged_required}

    def run(self):
        self.assert_has_content()
        name = self.arguments[0]
        for page, metadata in self.env.metadata.items():
            if name in metadata.get(FILES, {}):
                raise self.error(f"data file {name} was already given in {page}")
        self.env.metadata[self.env.docname].setdefault(FILES, {})[name] = "\n".join(self.content) + "\n"
        node = datafile(name=name, target=self.options.get("for", ""))
        self.set_source_info(node)
        return [node]


def link_data_files(app, doctree, docname):
    """Put the link in each file's place, labelled with the number of its figure or table."""
    for node in list(doctree.findall(datafile)):
        address = relative_uri(app.builder.get_target_uri(docname), f"{DATA_FOLDER}/{node['name']}")
        owner = number_of(app, docname, node["target"]) or node["name"]
        said, label = _("Data (CSV)"), _("Data (CSV) of {name}").format(name=owner)
        link = f'<a href="{escape(address)}" download aria-label="{escape(label)}">{said}</a>'
        node.replace_self(nodes.raw("", f'<p class="datafile noprint">{link}</p>', format="html"))


def number_of(app, docname, label):
    """ "Figure 3" for the label of the third figure; "" for a label without number."""
    for kind, numbers in app.env.toc_fignumbers.get(docname, {}).items():
        if label in numbers:
            return app.config.numfig_format[kind] % ".".join(map(str, numbers[label]))
    return ""


def write_data_files(app, exception):
    """Write all data files below the HTML."""
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir, DATA_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    for metadata in app.env.metadata.values():
        for name, content in metadata.get(FILES, {}).items():
            (folder / name).write_text(content, "utf-8", newline="\n")
