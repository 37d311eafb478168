"""The choices of the counting rule, a switch each; the first option is the published rule."""

from typing import NamedTuple

from azawad_conflict.counting.weight import DECIDES, chosen
from azawad_conflict.language import N_, WordsByKey

DOZENS_LOW = 12  # as ACLED codes "dozens"; the tables code two dozen; an option of SWITCHES says so
# Sums: people killed on either side, and everyone killed in the fights between both.
TARGETS = WordsByKey({"mnla": "MNLA and allies", "islamist": "Islamist armed groups", "everyone": "Everyone"})


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
        N_("Volunteers"),
        N_("Do the volunteers who fought beside the MNLA at Ménaka count among its dead?"),
        {"with_mnla": N_("with the MNLA"), "apart": N_("apart")},
    ),
    Switch(
        "decides",
        N_("Who decides"),
        N_("Where claims on one fight differ, whose claim decides?"),
        {DECIDES: chosen().option, "own": N_("own losses first"), "enemy": N_("enemy's claim first")},
    ),
    Switch(
        "number",
        N_("Which number"),
        N_("Where the claims that decide give several numbers, which one counts?"),
        {"best": N_("best by rule"), "lowest": N_("the lowest"), "highest": N_("the highest")},
    ),
    Switch(
        "together",
        N_("Both in one number"),
        N_("For everyone killed: does a number decide that puts both sides together?"),
        {"decides": N_("it decides"), "sum": N_("sum of both sides first")},
    ),
    Switch(
        "vague",
        N_("“Dozens”"),
        N_("What number stands for “dozens”?"),
        {"coded": N_("as coded"), "low": N_("as 12"), "out": N_("left out")},
    ),
    Switch(
        "own_voice",
        N_("Encyclopaedias"),
        N_("Does a number count that an encyclopaedia page gives without naming who said it?"),
        {"alone": N_("only where alone"), "equal": N_("as equals"), "never": N_("never")},
    ),
    Switch(
        "relayed",
        N_("Relayed claims"),
        N_("Does a claim count that is known only through an encyclopaedia or a blog?"),
        {"alone": N_("blogs, or where alone"), "equal": N_("as equals"), "never": N_("never")},
    ),
    Switch(
        "earlier",
        N_("Earlier counts"),
        N_("If the same claimant gave another number before, does that one still count?"),
        {"kept": N_("kept"), "latest": N_("only the latest")},
    ),
    Switch(
        "several_days",
        N_("Several days"),
        N_("Does a number for several days count, where one fight alone lies in those days?"),
        {"never": N_("never"), "contained": N_("as claims on it")},
    ),
    Switch(
        "end",
        N_("End"),
        N_("On which day does the count end?"),
        {"window": N_("end of the window"), "article": N_("end of the article")},
    ),
    Switch(
        "disputed",
        N_("Disputed fights"),
        N_("Do fights count in which it is disputed whom the MNLA fought?"),
        {"out": N_("left out"), "in": N_("counted")},
    ),
    Switch(
        "whose",
        N_("Disputed dead"),
        N_("Do dead count for a side where it is disputed whose they were?"),
        {"counted": N_("counted"), "out": N_("left out")},
    ),
    Switch(
        "bombers",
        N_("Suicide bombers"),
        N_("Do suicide bombers count among the dead of their side?"),
        {"counted": N_("counted"), "out": N_("left out")},
    ),
    Switch(
        "captive",
        N_("Killed captive"),
        N_("Does the killing of a captured fighter count as a death in the fighting?"),
        {"counted": N_("counted"), "out": N_("left out")},
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
    Combination(N_("The published rule"), None, {}),
    Combination(N_("The lowest number, “dozens” as twelve"), "acled_faq", {"number": "lowest", "vague": "low"}),
    Combination(N_("The highest number"), None, {"number": "highest"}),
    Combination(N_("Each side on its own dead first"), None, {"decides": "own"}),
    Combination(N_("The enemy's claim first"), None, {"decides": "enemy"}),
    Combination(N_("Encyclopaedias as equals"), None, {"own_voice": "equal", "relayed": "equal"}),
    Combination(N_("No encyclopaedia at all"), None, {"own_voice": "never", "relayed": "never"}),
)


def address_of(combination: Combination) -> str:
    """The digits that name a combination on the page of the own rule: an option per switch."""
    return "".join(
        str(OPTIONS[switch.name].index(combination.choices.get(switch.name, switch.default))) for switch in SWITCHES
    )
