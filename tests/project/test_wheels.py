"""The wheels kept for machines without a network: what is fetched, that each is the locked one, and that no other stays."""

import hashlib
import zipfile

import pytest

from tools import wheels

NAMES = ["shape-1.0-py3-none-any.whl", "shape-1.1-py3-none-any.whl", "shape-1.0-cp27-cp27m-win32.whl"]


def make_wheel(path):
    """A package without a file of its own; return its sha256."""
    name, version, tags = path.stem.split("-", 2)
    with zipfile.ZipFile(path, "w") as archive:
        about = f"{name}-{version}.dist-info"
        archive.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        archive.writestr(f"{about}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tags}\n")
        archive.writestr(f"{about}/RECORD", "")
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def digests(tmp_path, monkeypatch):
    """An index of files that holds NAMES, which the environment names; the sha256 of each."""
    (folder := tmp_path / "index" / "shape").mkdir(parents=True)
    found = {name: make_wheel(folder / name) for name in NAMES}
    (folder / "index.html").write_text("".join(f'<a href="{name}">{name}</a>\n' for name in NAMES))
    monkeypatch.setenv("PIP_INDEX_URL", (tmp_path / "index").as_uri())
    return found


def lock(root, *digests):
    """Lock shape 1.0 with these digests, and a package that no Python here needs."""
    hashes = "".join(f" \\\n    --hash=sha256:{digest}" for digest in digests)
    other = f"other==2 ; python_version < '3' \\\n    --hash=sha256:{'0' * 64}\n"
    (root / "requirements.txt").write_text(f"# made by hand\nshape==1.0{hashes}\n    # via nothing\n{other}")


def test_the_locked_wheels_for_this_machine_are_kept_and_no_other(digests, tmp_path, capfd):
    lock(tmp_path, *digests.values())
    for _ in range(2):
        assert wheels.main(tmp_path) == 0
        assert [path.name for path in (tmp_path / "wheels").iterdir()] == NAMES[:1]
        assert "wheels: 1 in" in capfd.readouterr().out
        (tmp_path / "wheels" / NAMES[1]).write_bytes(b"of another lock")
    (tmp_path / "wheels" / NAMES[0]).write_bytes(b"cut short")
    assert wheels.main(tmp_path) == 0
    assert hashlib.sha256((tmp_path / "wheels" / NAMES[0]).read_bytes()).hexdigest() == digests[NAMES[0]]


def test_a_wheel_that_the_lock_does_not_allow_is_not_kept(digests, tmp_path, capfd):
    lock(tmp_path, "0" * 64)
    assert wheels.main(tmp_path) == 1
    assert list((tmp_path / "wheels").iterdir()) == []
    said = capfd.readouterr().err
    assert "shape==1.0" in said and "wheels: pip download failed" in said


def test_a_package_without_wheel_for_this_machine_is_named(digests, tmp_path, capfd):
    lock(tmp_path, *digests.values())
    text = (tmp_path / "requirements.txt").read_text()
    (tmp_path / "requirements.txt").write_text(text.replace("shape==1.0", "shape==1.2"))
    assert wheels.main(tmp_path) == 1
    assert "No matching distribution found for shape==1.2" in capfd.readouterr().err
