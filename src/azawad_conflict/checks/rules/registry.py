"""The list of all rules: `rule` puts a function into it, `rule_faults` runs them."""

import inspect
from collections.abc import Callable
from typing import Any

import pandas as pd

from azawad_conflict.checks.faults import Fault

Rule = Callable[..., list[Fault]]
RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    """List a function as a rule; its parameters name the tables it needs, and it returns faults."""
    RULES.append(function)
    return function


def rule_faults(
    tables: dict[str, pd.DataFrame], package: dict[str, Any], bibliography: pd.DataFrame | None
) -> list[Fault]:
    """The faults of every rule whose tables are there."""
    known = {**tables, "tables": tables, "package": package, "bibliography": bibliography}
    faults = []
    for function in RULES:
        names = inspect.signature(function).parameters
        if all(known.get(name) is not None for name in names):
            faults += function(**{name: known[name] for name in names})
    return faults
