"""What JupyterLab asks a book for: the words in the place of MyST's roles."""


def _jupyter_server_extension_points():
    return [{"module": "bookpress.lab"}]


def _load_jupyter_server_extension(server):
    from bookpress.lab.server import add_handler  # Jupyter Server alone needs what it imports

    add_handler(server)
