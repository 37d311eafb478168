"""Shows a book while it is written: each saved change builds it anew, and the open page loads the new one, or shows the fault."""

from __future__ import annotations

import asyncio
import html
import re
import sys
from pathlib import Path

from tornado.web import Application, RequestHandler, StaticFileHandler
from watchfiles import DefaultFilter, awatch

LISTEN = "preview/changes"
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')  # it refuses the script and the box below
SCRIPT = '<script>new EventSource("/{}?shown={}").onmessage = () => location.reload();</script>'
BOX = '<pre role="alert" style="position:sticky;top:0;z-index:9;margin:0;padding:1em;background:#7a1f1f;color:#fff;white-space:pre-wrap">{}</pre>'
EMPTY = "<!DOCTYPE html><html lang=en><title>Preview</title><body></body></html>"


class Preview:
    """A book that is built again and again. builds : how many have ended. fault : what the last one said, "" if it succeeded."""

    def __init__(self, book, output):
        self.book, self.output, self.fault = Path(book).resolve(), Path(output).resolve(), ""
        self.builds = 0
        self.built, self._one = asyncio.Event(), asyncio.Lock()

    async def build(self):
        """Build the book in a process of its own, and tell all open pages."""
        command = ["-m", "bookpress", "build", str(self.book), "--output", str(self.output)]
        async with self._one:  # what is saved while the first build runs, waits for it
            process = await asyncio.create_subprocess_exec(sys.executable, *command, stderr=asyncio.subprocess.PIPE)
            _, said = await process.communicate()
        self.fault = said.decode("utf-8", "replace").strip() if process.returncode else ""
        if self.fault:
            print(self.fault, file=sys.stderr, flush=True)
        self.builds += 1
        told, self.built = self.built, asyncio.Event()
        told.set()

    async def watch(self):
        """Build after each change of a file of the project that is not made by a build."""
        async for _ in awatch(self.book.parent, watch_filter=_Sources(self.output)):
            await self.build()

    def shown(self, page):
        """The text of a page with what the preview adds to it."""
        text = POLICY.sub("", page)
        box = BOX.format(html.escape(self.fault)) if self.fault else ""
        text = re.sub(r"<body[^>]*>", lambda body: body[0] + box, text, count=1)
        return text.replace("</body>", f"{SCRIPT.format(LISTEN, self.builds)}</body>")


class _Sources(DefaultFilter):
    """What people write: no caches, and not the output folder, which each build changes."""

    ignore_dirs = (*DefaultFilter.ignore_dirs, "_build", ".ipynb_checkpoints")

    def __init__(self, output):
        super().__init__(ignore_paths=[output])


class _Changes(RequestHandler):
    """Answers a waiting page once a build has ended after the one that it shows."""

    async def get(self):
        self.set_header("Content-Type", "text/event-stream")
        if self.get_query_argument("shown") == str(self.application.preview.builds):
            await self.application.preview.built.wait()
        self.write("data: built\n\n")


class _Page(RequestHandler):
    """A page of the last good book, with what the preview adds."""

    def get(self, path):
        root = (self.application.preview.output / "html").resolve()
        file = (root / (path or "index.html")).resolve()
        page = EMPTY
        if (root / "index.html").is_file():  # else no build has succeeded yet
            if not (file.is_file() and file.is_relative_to(root)):
                self.set_status(404)
                file = root / "404.html"
            page = file.read_text("utf-8")
        self.set_header("Cache-Control", "no-store")
        self.write(self.application.preview.shown(page))


async def serve(book, output, port):
    """Build the book, serve it on this machine alone, and build it again after each change, until stopped."""
    preview = Preview(book, output)
    files = {"path": str(preview.output / "html")}
    routes = [(f"/{LISTEN}", _Changes), (r"/(|.*\.html)", _Page), (r"/(.*)", StaticFileHandler, files)]
    application = Application(routes)
    application.preview = preview
    server = application.listen(port, "127.0.0.1")
    print(f"http://localhost:{port}/ shows the book; Ctrl-C ends it", flush=True)
    try:
        await asyncio.gather(preview.build(), preview.watch())
    finally:
        server.stop()
