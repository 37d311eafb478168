"""The HTML and SVG of pages to try, as templates; every text that a page puts into one is escaped."""

from jinja2 import Environment, PackageLoader, StrictUndefined

_ENVIRONMENT = Environment(
    loader=PackageLoader("azawad_conflict"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
# Of `tojson`, which writes no character that ends a script. A page carries all its data, so they are short.
_ENVIRONMENT.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "ensure_ascii": False}
_ENVIRONMENT.filters["numeral"] = "{:,}".format


def render(name, **values):
    """Fill in the template of a file name: text of HTML.

    Raise jinja2.UndefinedError if the template names a value that is missing.
    """
    return _ENVIRONMENT.get_template(name).render(values)
