"""Values as Typst writes them."""


def quoted(text):
    """A text as a Typst string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "").replace("\t", "\\t")
    return f'"{escaped}"'


def boolean(value):
    """A truth as Typst writes it."""
    return "true" if value else "false"
