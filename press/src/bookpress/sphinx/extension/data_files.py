"""The data of figures and tables, offered as CSV beside them."""

from __future__ import annotations

from html import escape
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from bookpress.environment import DATA_FOLDER


def setup(app):
    """Register what data files need."""
    app.add_node(datafile)
    app.add_directive("datafile", DataFile)
    app.connect("env-purge-doc", forget_data_files)
    app.connect("env-merge-info", merge_data_files)
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
        files = _data_files(self.env)
        if name in files:
            raise self.error(f"data file {name} was already given in {files[name][0]}")
        files[name] = (self.env.docname, "\n".join(self.content) + "\n")
        node = datafile(name=name, target=self.options.get("for", ""))
        self.set_source_info(node)
        return [node]


def _data_files(env):
    """{file name: (document, content)} of the whole book, kept with Sphinx' environment."""
    if not hasattr(env, "bookpress_data_files"):
        env.bookpress_data_files = {}
    return env.bookpress_data_files


def forget_data_files(app, env, docname):
    """Drop the files of a document that is about to be read again or is gone."""
    files = _data_files(env)
    for name in [name for name, (owner, _) in files.items() if owner == docname]:
        del files[name]


def merge_data_files(app, env, docnames, other):
    """Take over the files of the documents that a parallel reader read."""
    _data_files(env).update({name: file for name, file in _data_files(other).items() if file[0] in docnames})


def link_data_files(app, doctree, docname):
    """Put the link in each file's place, labelled with the number of its figure or table."""
    for node in list(doctree.findall(datafile)):
        address = relative_uri(app.builder.get_target_uri(docname), f"{DATA_FOLDER}/{node['name']}")
        owner = _numbered(app, docname, node["target"]) or node["name"]
        link = f'<a href="{escape(address)}" download aria-label="Data (CSV) of {escape(owner)}">Data (CSV)</a>'
        node.replace_self(nodes.raw("", f'<p class="datafile noprint">{link}</p>', format="html"))


def _numbered(app, docname, label):
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
    for name, (_, content) in _data_files(app.env).items():
        (folder / name).write_text(content, "utf-8", newline="\n")
