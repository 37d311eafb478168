"""Answers JupyterLab, whose extension (share/jupyter/labextensions) asks what Markdown and HTML of a notebook say in words."""

from __future__ import annotations

import json
from pathlib import Path

from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import to_os_path, url_path_join
from tornado.web import HTTPError, authenticated

from bookpress.lab.project import book_of, page_of, words_of
from bookpress.notebooks.words import glued, plain_html, plain_markdown

ADDRESS = "bookpress/words"
SAY = {"text/markdown": plain_markdown, "text/html": plain_html}


def add_handler(server):
    """Add the handler to a Jupyter Server."""
    base = server.web_app.settings["base_url"]
    server.web_app.add_handlers(".*$", [(url_path_join(base, ADDRESS), WordsHandler)])


class WordsHandler(APIHandler):
    """Takes {"path", "outputs", "texts": [[media type, text]]}; gives the texts in words. outputs : those that glue numbers."""

    @authenticated
    def post(self):
        """Say all texts of one notebook."""
        try:
            asked = json.loads(self.request.body)
            path, outputs, texts = asked["path"], asked["outputs"], [(SAY[kind], text) for kind, text in asked["texts"]]
        except (ValueError, KeyError, TypeError) as error:
            raise HTTPError(400, f"not what {ADDRESS} takes: {error}") from error
        notebook = Path(to_os_path(path.rpartition(":")[2], self.contents_manager.root_dir))
        book = book_of(notebook)
        if book is None:  # not a notebook of a book
            self.finish(json.dumps([text for _, text in texts]))
            return
        words = words_of(book)
        page, numbers = page_of(book, notebook, words), glued(outputs)
        self.finish(json.dumps([say(text, words, page, numbers) for say, text in texts]))
