"""What tests in a browser share: the functions of a page's script, without its page."""

import pytest

from prose import ROOT

THEME = ROOT / "press" / "src" / "bookpress" / "sphinx" / "theme" / "static" / "theme.js"


@pytest.fixture(scope="session")
def script(chromium):
    """The function from a script of book/_static/ and a name to a function that evaluates JavaScript beside it.

    That function takes an expression and what it is given: there the name is the object of the script's functions, and
    `given` what it is given; it returns the value of the expression.
    """

    def loaded(file, name):
        page = chromium.new_page()
        page.evaluate("globalThis.module = {}")  # the script exports its functions, and looks for no page
        for path in (THEME, ROOT / "book" / "_static" / file):  # as a page of the book has them
            page.add_script_tag(path=path)
        return lambda program, given=None: page.evaluate(
            f"given => {{ const {name} = module.exports; return {program}; }}", given
        )

    return loaded


@pytest.fixture(scope="module")
def desk(chromium, tab):
    """One tab on a desk for all tests of a module that leave nothing behind in it."""
    return tab(
        chromium.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light", reduced_motion="reduce")
    )


@pytest.fixture(scope="module")
def dark(chromium):
    """Pages as a reader has them who chose the dark, on a dark system."""
    context = chromium.new_context(color_scheme="dark")
    context.add_init_script("try { localStorage.setItem('theme', 'dark'); } catch (refused) {}")
    yield context
    context.close()


@pytest.fixture(autouse=True)
def closed_contexts(request):
    """Close what a test opened: pages that nobody looks at would go on being drawn."""
    chromium = request.getfixturevalue("chromium") if "chromium" in request.fixturenames else None
    before = chromium.contexts if chromium else []
    yield
    for context in chromium.contexts if chromium else []:
        if context not in before:
            context.close()
