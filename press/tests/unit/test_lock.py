"""What a lock names for this machine."""

from bookpress.release.lock import locked_here

LOCK = f"""# made by hand
Shape_Tools==1.0 \\
    --hash=sha256:{"a" * 64} \\
    --hash=sha256:{"b" * 64}
    # via nothing
other==2 ; python_version < '3' \\
    --hash=sha256:{"0" * 64}
"""


def test_packages_for_other_machines_are_left_out():
    assert locked_here(LOCK) == {"shape-tools": "1.0"}
