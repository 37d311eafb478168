"""The tables in the forms that people's tools read: Excel, Parquet, SQLite, GeoJSON, CSV.

`files()` makes them all, the same bytes of the same data; `python -m azawad_conflict.exchange
FOLDER` writes them. Every form is made of `flat.read()`, the tables with days beside each date.
"""

from azawad_conflict.exchange.forms import files, forms

__all__ = ["files", "forms"]
