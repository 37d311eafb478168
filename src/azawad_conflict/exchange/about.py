"""What every form says of itself: title, edition, licence, how to cite it, and how to read it; also in further languages."""

import datetime
from dataclasses import dataclass
from functools import partial

from azawad_conflict import tables
from azawad_conflict.language import ENGLISH, N_, in_language

RULES = (
    N_("A row is a statement by a source, never the truth itself."),
    N_(
        "Rival claims are rival rows: do not add them. Totals are computed from ranges, one for each incident and group of victims."
    ),
    N_("A blank cell means not reported, or that the column does not apply. Zero means that the source says none."),
    N_(
        "Dates are EDTF text, as precise as the source is. Beside each date X stand X_first and X_last, the first and the last day that it can mean, and X_precision."
    ),
    N_("Lists in a cell are separated by semicolons."),
)
CITATION = N_("{authors} ({year}). {title}. Data, edition {edition}, {date}.")


@dataclass(frozen=True)
class About:
    """An edition of the data in the words of a language. date : the day of the edition. language : its code."""

    name: str
    title: str
    description: str
    version: str
    date: datetime.date
    authors: tuple[str, ...]
    licence: str
    licence_address: str
    rules: tuple[str, ...] = RULES
    language: str = ENGLISH

    def say(self, words: str) -> str:
        """The words in the language."""
        return in_language(self.language, words)

    @property
    def citation(self) -> str:
        """How to cite the data."""
        return self.say(CITATION).format(
            authors="; ".join(self.authors), year=self.date.year, title=self.title, edition=self.version, date=self.date
        )


def about(language: str = ENGLISH) -> About:
    """What the descriptor of the data package says of the edition, in a language as far as its catalogue has it."""
    package = tables.schema()
    licence = package["licenses"][0]
    say = partial(in_language, language)
    return About(
        package["name"],
        say(package["title"]),
        say(package["description"]),
        package["version"],
        datetime.date.fromisoformat(package["created"][:10]),
        tuple(say(person["title"]) for person in package["contributors"]),
        licence["title"],
        licence["path"],
        tuple(map(say, RULES)),
        language,
    )
