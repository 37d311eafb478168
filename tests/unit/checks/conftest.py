"""What tests of the checks share: the bibliography, parsed once for each of its versions."""

import pytest

from azawad_conflict import tables


@pytest.fixture(scope="package", autouse=True)
def parsed_once():
    """To parse the bibliography is nearly half of a check, and few tests touch it."""
    parsed, read = {}, tables.read_bibliography

    def read_once(path):
        content = path.read_bytes() if path.is_file() else None
        if content not in parsed:
            parsed[content] = read(path)
        return parsed[content]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "read_bibliography", read_once)
        yield
