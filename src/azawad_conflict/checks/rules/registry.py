"""The list of all rules: `rule` puts a function into it, `rule_faults` runs them."""

import inspect
from collections.abc import Callable
from typing import Any

import pandas as pd

from azawad_conflict.checks.faults import Fault

Rule = Callable[..., list[Fault]]
RULES: list[Rule] = []
OTHERS = {"tables", "package", "bibliography"}  # parameters of a rule that are no table


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
        names = _parameters(function)
        if all(known.get(name) is not None for name in names):
            faults += function(**{name: known[name] for name in names})
    return faults


def missing_tables(package: dict[str, Any]) -> list[Fault]:
    """Faults for tables that a rule names and the descriptor lacks; the rule would not run."""
    named = {name for function in RULES for name in _parameters(function)} - OTHERS
    lost = sorted(named - {resource["name"] for resource in package["resources"]})
    return [
        Fault("datapackage.json", 1, name, "the table is missing, and rules need it", "a resource of that name")
        for name in lost
    ]


def _parameters(function):
    return inspect.signature(function).parameters
