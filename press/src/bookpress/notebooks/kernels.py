"""Starts kernels that talk through files of their owner, not through ports that all users reach.

jupyter-client finds `IpcProvisioner` by its entry point in pyproject.toml. If the environment
variable asks for it, every kernel uses it that names no provisioner of its own.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from jupyter_client.provisioning import LocalProvisioner

PROVISIONER = "bookpress-ipc"  # the name of the entry point
PROVISIONER_VARIABLE = "JUPYTER_DEFAULT_PROVISIONER_NAME"
SHORT = "/tmp"  # the address of a socket has at most 107 letters, and Jupyter's own folder may lie deep


def setup(app):
    """Have kernels that Sphinx starts from now on talk through files (IPC)."""
    os.environ[PROVISIONER_VARIABLE] = PROVISIONER


class IpcProvisioner(LocalProvisioner):
    """Jupyter's own provisioner, with IPC as transport and a private folder for the sockets."""

    _folder = None

    async def pre_launch(self, **kwargs):
        """Place the kernel's files, before their address is written. A restarted kernel keeps them."""
        if self._folder is None:
            self._folder = tempfile.mkdtemp(prefix="kernel-", dir=SHORT)
            self.parent.transport = "ipc"
            self.parent.connection_file = str(Path(self._folder, "kernel.json"))
        return await super().pre_launch(**kwargs)

    async def cleanup(self, restart=False):
        """Remove the kernel's files."""
        await super().cleanup(restart)
        if self._folder and not restart:
            shutil.rmtree(self._folder, ignore_errors=True)
