"""Rules between columns and between tables, which the schema cannot say: one module per topic.

To add a rule, write a function under `@rule` in the module of its topic, and break a copy of the
data in tests/unit/checks/test_rules.py. A rule returns faults, and is handed what its parameters
name: a table, with the line in the file as index and the types that `tables.load` gives; `tables`,
all of them by name; `package`, the descriptor; `bibliography`, one row per entry. A rule whose
tables could not be read is left out: the file's own fault says why. The keys in square brackets are
those of methods.md.
"""

from azawad_conflict.checks.rules import (  # noqa: F401  (to import a topic lists its rules)
    actors,
    background,
    base_article,
    claims,
    dates,
    editions,
    events,
    ids,
    order,
    sources,
    territory,
)
from azawad_conflict.checks.rules.registry import RULES, rule_faults

__all__ = ["RULES", "rule_faults"]
