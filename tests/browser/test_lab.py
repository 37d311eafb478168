"""In a real JupyterLab, as `make lab` starts it, a notebook whose cells have run reads as its page does."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from prose import ROOT, captions_of, said_alike

WAIT = 120  # seconds for a notebook to run
KERNEL = "Python 3 (ipykernel)"
IDLE = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'
ROLE = re.compile(r"\{[A-Za-z][\w:.+-]*\}|^\([\w-]+\)=", re.MULTILINE)
READ = """() => {
    const all = selector => [...document.querySelectorAll(`.jp-NotebookPanel ${selector}`)].map(found => found.textContent);
    return {
        text: all(".jp-MarkdownCell .jp-RenderedMarkdown").concat(all(".jp-RenderedHTML")).join("\\n"),
        prose: all(".jp-MarkdownCell .jp-RenderedMarkdown :is(p, li)"),
        captions: all(".jp-OutputArea :is(figcaption, caption)"),
        running: all(".jp-InputPrompt").filter(prompt => prompt.includes("*")).length,
        ran: all(".jp-InputPrompt").filter(prompt => /\\d/.test(prompt)).length,
        more: all("button").filter(button => button.includes("more outputs")).length,
    };
}"""


@pytest.fixture(scope="module")
def lab(build, tmp_path_factory):
    """Address of a JupyterLab on copies of the notebooks, for it saves them by itself.

    It draws all cells of a notebook, also those that lie below the window.
    """
    home, project = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("project")
    for folder in ("book", "notebooks"):
        shutil.copytree(ROOT / folder, project / folder, symlinks=True)
    settings = home / "settings" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"windowingMode": "none"}))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = re.search(r"^lab: .*\n\t(.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)[1]
    command = (
        command.replace("$(CURDIR)", str(ROOT))
        .replace("$(AS_ROOT)", "--allow-root")
        .replace("$(BIN)/jupyter", f"{sys.executable} -m jupyter")
    )
    options = f"--no-browser --ServerApp.port={port} --ServerApp.port_retries=0 --IdentityProvider.token=known"
    variables = {
        "HOME": str(home),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "BOOKPRESS_PAGES": str(build / "html"),
    }
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            ["sh", "-c", f"{command} {options} & trap 'kill $!' TERM; wait"],
            cwd=project, env={**os.environ, **variables}, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _wait_for(f"http://127.0.0.1:{port}/api/status?token=known", home / "log")
            yield lambda path, query="": f"http://127.0.0.1:{port}/{path}?token=known{query}"
        finally:
            server.terminate()
            server.wait()


def _wait_for(address, log):
    for _ in range(300):
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(log.read_text())


def run_all(page, lab, name, captions):
    """Start a notebook's kernel, open it, run all its cells, and return what is read once there are so many captions.

    JupyterLab takes the kernel that runs for a notebook. Where it starts one itself, a slow start brings its question for a
    kernel, and each answer stops the kernel that was about to come.
    """
    asked = {"path": name, "name": name, "type": "notebook", "kernel": {"name": "python3"}}
    kernel = _post(lab("api/sessions"), asked)["kernel"]
    end = time.monotonic() + WAIT
    page.goto(lab(f"lab/tree/{name}", "&reset"))
    page.wait_for_selector(".jp-MarkdownCell .jp-RenderedMarkdown", timeout=1000 * WAIT)
    page.locator(".jp-NotebookPanel .jp-Toolbar-kernelName", has_text=KERNEL).wait_for(timeout=1000 * WAIT)
    page.wait_for_selector(IDLE, timeout=1000 * WAIT)
    for item in ("Run", "Run All Cells"):
        page.get_by_role("menuitem", name=item, exact=True).click()
    while time.monotonic() < end:
        page.wait_for_timeout(500)
        read = page.evaluate(READ)
        if read["ran"] and not read["running"] and "…" not in read["text"] and len(read["captions"]) >= captions:
            page.wait_for_timeout(500)
            return page.evaluate(READ)
    questions = page.locator(".jp-Dialog").all_inner_texts()
    pytest.fail(
        f"{name}, kernel {kernel['id']}: cells still run, or a number or a caption is missing; JupyterLab asks: {questions}"
    )


def _post(address, message):
    request = urllib.request.Request(address, json.dumps(message).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=WAIT) as answer:
        return json.load(answer)


@pytest.mark.parametrize("name", ["05-reconciliation", "08-civilians"])
def test_after_its_cells_have_run_a_notebook_reads_as_its_page(chromium, lab, pages, name):
    page = chromium.new_page(viewport={"width": 1300, "height": 1000})
    article = pages[f"notebooks/{name}"].article
    captions = captions_of(article)
    read = run_all(page, lab, f"{name}.ipynb", len(captions))
    page.close()  # else its JupyterLab goes on beside the next one
    assert ROLE.findall(read["text"]) == [] and read["more"] == 0
    printed = {said_alike(part.get_text()) for part in article.select("p, li")}
    assert len(read["prose"]) > 5 and [said for said in read["prose"] if said_alike(said) not in printed] == []
    assert [said_alike(caption) for caption in read["captions"]] == captions
