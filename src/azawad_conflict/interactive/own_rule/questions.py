"""The questions that the page asks about the rule of counting, and their answers in words."""

from typing import NamedTuple

from azawad_conflict.counting.terms import DOZENS
from azawad_conflict.counting.weight import DECIDES, chosen
from azawad_conflict.multiverse import DOZENS_LOW, SWITCHES
from azawad_conflict.wording import capital

HEARD = "heard"  # the question before all choices: which reading selects the claims
SHORT = {"mnla": "MNLA’s side", "islamist": "Islamist side", "everyone": "everyone"}
NO_NUMBER = "–"


class Question(NamedTuple):
    """A choice in plain words: the switch (or HEARD), its meaning, and the words of each option."""

    name: str
    help: str
    options: dict[str, str]


GROUPS = {
    "Whose word": (
        Question(
            HEARD, "Claims that are not heard are as if nobody had made them; the questions below work on the rest.", {}
        ),
        Question(
            "decides",
            "Sources name different numbers for one fight, and the count needs one of them.",
            {
                DECIDES: capital(chosen().whose),
                "own": "The side that lost the dead, where it gave a number",
                "enemy": "Its enemy, where that gave a number",
            },
        ),
        Question(
            "own_voice",
            "The page states the number as a fact, so nobody can ask who counted.",
            {"alone": "Only where nobody else gives a number", "equal": "Yes, like any other claim", "never": "No"},
        ),
        Question(
            "relayed",
            "The page says who said it, but this report found the words nowhere else.",
            {
                "alone": "From a blog yes; from an encyclopaedia only where nobody else gives a number",
                "equal": "Yes, like any other claim",
                "never": "No",
            },
        ),
    ),
    "Which number": (
        Question(
            "number",
            "Several claimants may decide together, and one claim may be a range, such as “20 to 30”.",
            {
                "best": "That of the claimant who comes first in the order",
                "lowest": "The lowest",
                "highest": "The highest",
            },
        ),
        Question(
            "vague",
            "Some sources say that dozens were killed, and give no number.",
            {"coded": f"As {DOZENS}", "low": f"As {DOZENS_LOW}", "out": "No number: such a claim is left out"},
        ),
        Question(
            "earlier",
            "Whoever counts again may come to more or to fewer.",
            {"kept": "Yes", "latest": "No, only the latest"},
        ),
        Question(
            "several_days",
            "Some claims count the dead of a week or a month. With one fight in that time, they can be taken as claims on it.",
            {"never": "No", "contained": "Yes, as a claim on that fight"},
        ),
        Question(
            "together",
            "Some claims do not say on which side the dead fell. This touches the number for everyone alone.",
            {"decides": "Yes", "sum": "No: the dead of both sides are added up, where both have a number"},
        ),
    ),
    "What is left out": (
        Question(
            "volunteers",
            "They were a self-defence group, not members of the MNLA.",
            {"with_mnla": "Yes", "apart": "No"},
        ),
        Question(
            "disputed",
            "Sources do not agree whether Islamist groups stood on the other side, or others, such as the Arab Movement of Azawad (MAA).",
            {"out": "No", "in": "Yes"},
        ),
        Question("whose", "Sources do not agree to which group these dead belonged.", {"counted": "Yes", "out": "No"}),
        Question("bombers", "They died in their own attack.", {"counted": "Yes", "out": "No"}),
        Question(
            "captive", "The dead was a prisoner, and not fighting, when he was killed.", {"counted": "Yes", "out": "No"}
        ),
        Question(
            "end",
            "Some fights are later than the last day of the encyclopaedia article that this report checks.",
            {"window": "On the last day that this report studies", "article": "On the last day of that article"},
        ),
    ),
}
QUESTION_OF = {switch.name: switch.question for switch in SWITCHES} | {HEARD: "Whose claims are heard at all?"}
