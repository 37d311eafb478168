"""The questions that the page asks about the rule of counting, and their answers in words."""

from typing import NamedTuple

from azawad_conflict.counting.terms import DOZENS
from azawad_conflict.counting.weight import DECIDES, chosen
from azawad_conflict.language import N_, WordsByKey
from azawad_conflict.multiverse import DOZENS_LOW, SWITCHES
from azawad_conflict.wording import capital

HEARD = "heard"  # the question before all choices: which reading selects the claims
SHORT = WordsByKey({"mnla": "MNLA’s side", "islamist": "Islamist side", "everyone": "everyone"})
NO_NUMBER = "–"


class Question(NamedTuple):
    """A choice in plain words: the switch (or HEARD), its meaning, and the words of each option."""

    name: str
    help: str
    options: WordsByKey


GROUPS = {
    N_("Whose word"): (
        Question(
            HEARD,
            N_("Claims that are not heard are as if nobody had made them; the questions below work on the rest."),
            WordsByKey({}),
        ),
        Question(
            "decides",
            N_("Sources name different numbers for one fight, and the count needs one of them."),
            WordsByKey(
                {
                    DECIDES: chosen().whose,
                    "own": "The side that lost the dead, where it gave a number",
                    "enemy": "Its enemy, where that gave a number",
                }
            ),
        ),
        Question(
            "own_voice",
            N_("The page states the number as a fact, so nobody can ask who counted."),
            WordsByKey(
                {"alone": "Only where nobody else gives a number", "equal": "Yes, like any other claim", "never": "No"}
            ),
        ),
        Question(
            "relayed",
            N_("The page says who said it, but this report found the words nowhere else."),
            WordsByKey(
                {
                    "alone": "From a blog yes; from an encyclopaedia only where nobody else gives a number",
                    "equal": "Yes, like any other claim",
                    "never": "No",
                }
            ),
        ),
    ),
    N_("Which number"): (
        Question(
            "number",
            N_("Several claimants may decide together, and one claim may be a range, such as “20 to 30”."),
            WordsByKey(
                {
                    "best": "That of the claimant who comes first in the order",
                    "lowest": "The lowest",
                    "highest": "The highest",
                }
            ),
        ),
        Question(
            "vague",
            N_("Some sources say that dozens were killed, and give no number."),
            WordsByKey(
                {"coded": "As {dozens}", "low": "As {dozens_low}", "out": "No number: such a claim is left out"}
            ),
        ),
        Question(
            "earlier",
            N_("Whoever counts again may come to more or to fewer."),
            WordsByKey({"kept": "Yes", "latest": "No, only the latest"}),
        ),
        Question(
            "several_days",
            N_(
                "Some claims count the dead of a week or a month. With one fight in that time, they can be taken as claims on it."
            ),
            WordsByKey({"never": "No", "contained": "Yes, as a claim on that fight"}),
        ),
        Question(
            "together",
            N_("Some claims do not say on which side the dead fell. This touches the number for everyone alone."),
            WordsByKey({"decides": "Yes", "sum": "No: the dead of both sides are added up, where both have a number"}),
        ),
    ),
    N_("What is left out"): (
        Question(
            "volunteers",
            N_("They were a self-defence group, not members of the MNLA."),
            WordsByKey({"with_mnla": "Yes", "apart": "No"}),
        ),
        Question(
            "disputed",
            N_(
                "Sources do not agree whether Islamist groups stood on the other side, or others, such as the Arab Movement of Azawad (MAA)."
            ),
            WordsByKey({"out": "No", "in": "Yes"}),
        ),
        Question(
            "whose",
            N_("Sources do not agree to which group these dead belonged."),
            WordsByKey({"counted": "Yes", "out": "No"}),
        ),
        Question("bombers", N_("They died in their own attack."), WordsByKey({"counted": "Yes", "out": "No"})),
        Question(
            "captive",
            N_("The dead was a prisoner, and not fighting, when he was killed."),
            WordsByKey({"counted": "Yes", "out": "No"}),
        ),
        Question(
            "end",
            N_("Some fights are later than the last day of the encyclopaedia article that this report checks."),
            WordsByKey(
                {"window": "On the last day that this report studies", "article": "On the last day of that article"}
            ),
        ),
    ),
}
QUESTION_OF = {switch.name: switch.question for switch in SWITCHES} | {HEARD: N_("Whose claims are heard at all?")}


def option_words(question: Question, option: str) -> str:
    """Word an option of a question."""
    return capital(question.options[option].format(dozens=DOZENS, dozens_low=DOZENS_LOW))
