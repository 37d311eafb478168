"""The analysis of the Azawad conflict report: frames in, frames out.

`azawad_conflict.tables` loads the data, checked by `azawad_conflict.checks`. One module per topic
counts: `azawad_conflict.phases`, `azawad_conflict.casualties`, `azawad_conflict.territory`,
`azawad_conflict.actors`, `azawad_conflict.reconciliation`, `azawad_conflict.multiverse`,
`azawad_conflict.base_article`, `azawad_conflict.civilians`, `azawad_conflict.background`. What they
give is told by `azawad_conflict.headline` as numbers in prose, by `azawad_conflict.reader_tables`
as tables, by `azawad_conflict.figures` as figures, and by `azawad_conflict.interactive` as pages to
try. `azawad_conflict.questions` answers what users of the data ask most, each in one call.

>>> from azawad_conflict import casualties
>>> from azawad_conflict.tables import load
>>> ranges = casualties.incident_ranges(load("casualty_claims"), load("events"), load("actors"), load("sources"))
"""

from importlib.metadata import version

__version__ = version("azawad-conflict-report")
