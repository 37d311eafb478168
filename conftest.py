"""Marks tests by the folder that they lie in: tests/builds, tests/browser, press/tests/builds."""


def pytest_collection_modifyitems(config, items):
    """Mark each test by the kind of its folder, and let those that take long start first.

    The tests in the browser come before all: the first of them builds the book, on one process, while another one builds small books.
    """
    for item in items:
        for kind in {"builds", "browser"} & set(item.path.relative_to(config.rootpath).parts):
            item.add_marker(kind)
    items.sort(key=lambda item: _turn(item.path.relative_to(config.rootpath).parts))


def _turn(parts):
    if "browser" in parts:
        return 0
    if "builds" in parts:
        return 1 if parts[0] == "press" else 2
    return 3
