"""The choices of the counting rule, a switch each; the first option is the published rule."""

from typing import NamedTuple

from azawad_conflict.counting.terms import SERIES
from azawad_conflict.counting.weight import DECIDES, chosen

DOZENS_LOW = 12  # as ACLED codes "dozens"; the tables code two dozen
# Sums: people killed on either side, and everyone killed in the fights between both.
TARGETS = {"mnla": SERIES["mnla"], "islamist": SERIES["islamist"], "everyone": "Everyone"}


class Switch(NamedTuple):
    """A choice: column, label in figures, question, options (key: words), the published first."""

    name: str
    label: str
    question: str
    options: dict

    @property
    def default(self) -> str:
        """Key of the published rule."""
        return next(iter(self.options))


SWITCHES = (
    Switch(
        "volunteers",
        "Volunteers",
        "Do the volunteers who fought beside the MNLA at Ménaka count among its dead?",
        {"with_mnla": "with the MNLA", "apart": "apart"},
    ),
    Switch(
        "decides",
        "Who decides",
        "Where claims on one fight differ, whose claim decides?",
        {DECIDES: chosen().option, "own": "own losses first", "enemy": "enemy's claim first"},
    ),
    Switch(
        "number",
        "Which number",
        "Where the claims that decide give several numbers, which one counts?",
        {"best": "best by rule", "lowest": "the lowest", "highest": "the highest"},
    ),
    Switch(
        "together",
        "Both in one number",
        "For everyone killed: does a number decide that puts both sides together?",
        {"decides": "it decides", "sum": "sum of both sides first"},
    ),
    Switch(
        "vague",
        "“Dozens”",
        "What number stands for “dozens”?",
        {"coded": "as coded", "low": f"as {DOZENS_LOW}", "out": "left out"},
    ),
    Switch(
        "own_voice",
        "Encyclopaedias",
        "Does a number count that an encyclopaedia page gives without naming who said it?",
        {"alone": "only where alone", "equal": "as equals", "never": "never"},
    ),
    Switch(
        "relayed",
        "Relayed claims",
        "Does a claim count that is known only through an encyclopaedia or a blog?",
        {"alone": "blogs, or where alone", "equal": "as equals", "never": "never"},
    ),
    Switch(
        "earlier",
        "Earlier counts",
        "If the same claimant gave another number before, does that one still count?",
        {"kept": "kept", "latest": "only the latest"},
    ),
    Switch(
        "several_days",
        "Several days",
        "Does a number for several days count, where one fight alone lies in those days?",
        {"never": "never", "contained": "as claims on it"},
    ),
    Switch(
        "end",
        "End",
        "On which day does the count end?",
        {"window": "end of the window", "article": "end of the article"},
    ),
    Switch(
        "disputed",
        "Disputed fights",
        "Do fights count in which it is disputed whom the MNLA fought?",
        {"out": "left out", "in": "counted"},
    ),
    Switch(
        "whose",
        "Disputed dead",
        "Do dead count for a side where it is disputed whose they were?",
        {"counted": "counted", "out": "left out"},
    ),
    Switch(
        "bombers",
        "Suicide bombers",
        "Do suicide bombers count among the dead of their side?",
        {"counted": "counted", "out": "left out"},
    ),
    Switch(
        "captive",
        "Killed captive",
        "Does the killing of a captured fighter count as a death in the fighting?",
        {"counted": "counted", "out": "left out"},
    ),
)
OPTIONS = {switch.name: list(switch.options) for switch in SWITCHES}
AXIS = {switch.name: axis for axis, switch in enumerate(SWITCHES)}
SHAPE = tuple(len(switch.options) for switch in SWITCHES)
# Choices that addresses made before edition 3.0.0 do not know; there they are as published.
LATER = ("several_days",)


class Combination(NamedTuple):
    """A combination with a name: words, a source on who counts like this (or none), choices."""

    words: str
    source_id: str | None
    choices: dict


NAMED = (
    Combination("The published rule", None, {}),
    Combination("The lowest number, “dozens” as twelve", "acled_faq", {"number": "lowest", "vague": "low"}),
    Combination("The highest number", None, {"number": "highest"}),
    Combination("Each side on its own dead first", None, {"decides": "own"}),
    Combination("The enemy's claim first", None, {"decides": "enemy"}),
    Combination("Encyclopaedias as equals", None, {"own_voice": "equal", "relayed": "equal"}),
    Combination("No encyclopaedia at all", None, {"own_voice": "never", "relayed": "never"}),
)


def address_of(combination: Combination) -> str:
    """The digits that name a combination on the page of the own rule: an option per switch."""
    return "".join(
        str(OPTIONS[switch.name].index(combination.choices.get(switch.name, switch.default))) for switch in SWITCHES
    )
