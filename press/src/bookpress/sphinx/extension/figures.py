"""Figures: drawings as files, one for a phone beside each; no number in the summary; a warning if alternative text is missing."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.transforms.post_transforms.images import DataURIExtractor
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.images import get_image_extension, parse_data_uri

from bookpress.sphinx import page_html
from bookpress.sphinx.extension.outputs import cell_of, place

log = logging.getLogger(__name__)


def setup(app):
    """Register what figures need."""
    app.connect("builder-inited", refuse_data_uris)
    app.connect("doctree-read", warn_without_alt)
    app.connect("doctree-read", free_of_numbers)
    app.add_node(freefigure, html=(open_figure, close_figure))
    app.add_node(narrowdrawing)
    app.add_directive("narrowdrawing", NarrowDrawing)
    app.add_post_transform(NamedImage)
    app.add_post_transform(KeepNarrow)


def refuse_data_uris(app):
    """Have data-URI images extracted to files: pages stay small, and the PDF finds the drawings."""
    app.builder.supported_data_uri_images = False


class freefigure(nodes.figure):
    """A figure without a number. Sphinx numbers those of the class above alone."""


def open_figure(translator, node):
    """Write the start tag of a figure."""
    translator.visit_figure(node)


def close_figure(translator, node):
    """Write its end tag."""
    translator.depart_figure(node)


def free_of_numbers(app, doctree):
    """Take the figures of the summary out of the count.

    It stands alone, first on paper and later on the pages, so that in one of them its figures would be out of order.
    """
    if app.env.docname == (app.config.bookpress).get("summary"):
        for figure in list(doctree.findall(nodes.figure)):
            figure.replace_self(freefigure(figure.rawsource, *figure.children, **figure.attributes))


class NamedImage(DataURIExtractor):
    """Writes a data-URI image to `_images` under the name of its figure; Sphinx alone would name it by a hash."""

    default_priority = DataURIExtractor.default_priority - 1

    def match(self, node):
        return super().match(node) and bool(node.parent.get("names") or node.parent.get("ids"))

    def handle(self, node):
        label = (node.parent["names"] or node.parent["ids"])[0]
        file, kind = _write_image(self.imagedir, self.env, label, node["uri"])
        node["uri"], node["candidates"] = file, {kind: file}


def _write_image(folder, env, name, uri):
    """Write the image in a data URI to a file of the page being written; return file and type."""
    image = parse_data_uri(uri)
    folder = Path(folder, "named", env.docname)
    folder.mkdir(parents=True, exist_ok=True)
    file = str(folder / f"{name}{get_image_extension(image.mimetype)}")
    Path(file).write_bytes(image.data)
    env.images.add_file(env.docname, file)
    return file, image.mimetype


class narrowdrawing(nodes.Element):
    """Stands for the drawing of a figure for a phone, until it lies beside the figure's own."""


class NarrowDrawing(SphinxDirective):
    """Takes the drawing for a phone of the figure that its argument names, as a data URI.

    `page_html.mend` puts it into the figure.
    """

    has_content = True
    required_arguments = 1

    def run(self):
        return [narrowdrawing(name=self.arguments[0], uri="".join(self.content))]


class KeepNarrow(SphinxPostTransform):
    """Writes the drawings for a phone beside the others."""

    default_priority = NamedImage.default_priority

    def run(self, **kwargs):
        for node in list(self.document.findall(narrowdrawing)):
            file, _ = _write_image(
                Path(self.app.doctreedir, "images"), self.env, f"{node['name']}{page_html.NARROW}", node["uri"]
            )
            if self.app.builder.format == "html":
                self.app.builder.images[file] = self.env.images[file][1]
            node.parent.remove(node)


def warn_without_alt(app, doctree):
    """Warn of each image without alternative text, which a reader who cannot see it is left without."""
    for image in doctree.findall(nodes.image):
        if not image.get("alt", "").strip():
            if (cell := cell_of(image)) is not None:
                log.warning("%s: %s", place(app, cell), _remedy(app.env.doc2path(app.env.docname)))
                continue
            name = next(iter(image.parent.get("names", [])), image["uri"][:60])
            log.warning("image without alternative text: %s", name, location=_place(image))


def _remedy(file):
    """What an author writes to give a cell's picture its words."""
    words = '{"image": {"alt": "what it shows"}}'
    if str(file).endswith(".ipynb"):
        place = f'in the cell\'s metadata: "mystnb": {words}'
    else:
        place = f"in the cell's options: :mystnb: {words}"
    return f"picture without alternative text, which a reader who cannot see it is left without. Give it one {place}; or show it by bookpress.show.figure"


def _place(node):
    """File and line of a node; docutils knows an inline image's line only by the paragraph around it."""
    while not node.line and node.parent is not None:
        node = node.parent
    return f"{node.source}:{node.line}"
