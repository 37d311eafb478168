"""What a host shows for an address that leads nowhere: in any folder, at the host's root or below a project's name, with scripts and without."""

import http.server
import shutil
import threading

import pytest
from playwright.sync_api import expect

INK = "rgb(27, 31, 36)"


class Host(http.server.SimpleHTTPRequestHandler):
    """A static host that answers with the book's 404.html and the status 404, and tells the browser not to guess types."""

    def send_error(self, code, message=None, explain=None):
        content = (self.server.book / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module", params=["", "azawad-report/"], ids=["root", "project"])
def host(build, tmp_path_factory, request):
    """The address of the book on a host that serves it from its root, or below the name of a project."""
    root = tmp_path_factory.mktemp("host")
    book = root / request.param
    shutil.copytree(
        build / "html", book, dirs_exist_ok=True, ignore=shutil.ignore_patterns("_images", "_downloads", "*.pdf")
    )
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), lambda *given: Host(*given, directory=str(root)))
    server.book = book
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/{request.param}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module", params=[True, False], ids=["with scripts", "without"])
def page(chromium, request):
    """A tab of a browser with JavaScript, or without."""
    context = chromium.new_context(java_script_enabled=request.param, color_scheme="light")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    "lost", ["nope.html", "notebooks/nope.html", "notebooks/nope/", "a/b/c/nope.html", "a/b/c/d/nope?x=1"]
)
def test_it_has_its_style_and_leads_home_and_to_the_contents(page, host, lost):
    assert page.goto(host + lost).status == 404
    assert page.get_by_role("heading", name="No such page").evaluate("node => getComputedStyle(node).color") == INK
    assert not page.locator(".too-deep").is_visible()
    links = page.get_by_role("link").all()
    assert [link.evaluate("node => node.href") for link in links] == [
        f"{host}index.html",
        f"{host}index.html#contents",
        f"{host}search.html",
    ]
    links[1].click()
    expect(page).to_have_url(f"{host}index.html#contents")
    expect(page.locator("nav.contents a").first).to_be_visible()


def test_an_address_that_is_too_deep_says_what_to_do(chromium, host):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{host}a/b/c/d/e/f/nope.html")
    assert page.get_by_role("link", name="The report, from its beginning").count() == 0  # none that would lead astray
    assert page.locator(".too-deep").is_visible() and "Take parts off the end" in page.locator(".too-deep").inner_text()
    context.close()
