"""The rules of the quoted numbers on casualties, in a sentence each."""

from azawad_conflict.counting.weight import chosen
from azawad_conflict.headline.number import Number, numbers
from azawad_conflict.language import N_, _

SUM = N_(
    "The sum over the incidents between both sides: of the lows, of the bests, of the highs. In each incident the range spans the claims "
    "that count, and best is the number of {whose}."
)
ONE = N_("Of the claims that count, the range spans all, and best is the number of {whose}.")
TOLD = N_(
    "Of the claims that count, the range spans all, and best is the number of {whose}. Only the base article's claims."
)
EVERYONE = N_(
    "The sum over the incidents between both sides of everyone reported killed, whichever side. Where claims do not separate the sides, "
    "their best decides; elsewhere the sides are added. A low that is none because it is disputed whose the dead were does not enter."
)
ALONE = N_("Numbers of dead that encyclopaedia pages alone carry, in fights between both sides.")
TWICE = N_(
    "Dead whose side is disputed, and whom the best number of either side has. Of both best numbers of an incident the smaller."
)
GRADED = N_("The numbers of dead behind the totals, by grade. A grade is computed from who gives a number.")
VOICED = N_(
    "The part of the total that one voice makes. In each incident the best number, and each end of the range, "
    "belongs to the voice of the claimant who gives it."
)
READ = N_(
    "The totals counted again, by the same rule, from the claims of some voices alone. "
    "Incidents on which none of them gives a number add nothing."
)
HARMED = N_(
    "The sum over the incidents between both sides in which somebody gives a number of wounded, or of captured; and the part of its high "
    "that one voice makes."
)
DATED = N_("The date that the sources of the event give, as exact as they are.")
COUNTED = N_("Counted from the claims on casualties.")


def ruled(rule: str) -> str:
    """The rule in words, with whose number decides."""
    return _(rule).format(whose=_(chosen().whose))


def counted_numbers(texts: dict[str, str]) -> dict[str, Number]:
    """Key to Number of what is counted from the claims on casualties. texts : key to text."""
    return numbers(texts, COUNTED, more=(N_("All claims on people killed"), "explorer.html#claims?outcome=killed"))
