"""The HTML and SVG of pages to try, as templates, which escape every text that is put into them, and say their own by `_`."""

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from azawad_conflict.language import _, number

_ENVIRONMENT = Environment(
    loader=PackageLoader("azawad_conflict"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
# How `tojson` writes the data of a page: short, and without a character that could end the script.
_ENVIRONMENT.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "ensure_ascii": False}
_ENVIRONMENT.filters["numeral"] = number
_ENVIRONMENT.globals["_"] = _


def render(name: str, **values: Any) -> str:
    """Return the template of a file name as text of HTML, filled in with the values.

    Raise jinja2.UndefinedError if the template names a value that is missing.
    """
    return _ENVIRONMENT.get_template(name).render(values)
