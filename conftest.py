"""Marks tests by the folder that they lie in: tests/builds, tests/browser, press/tests/builds."""


def pytest_collection_modifyitems(config, items):
    """Mark each test by the kind of its folder."""
    for item in items:
        for kind in {"builds", "browser"} & set(item.path.relative_to(config.rootpath).parts):
            item.add_marker(kind)
