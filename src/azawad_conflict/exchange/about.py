"""What every form says of itself: title, edition, licence, how to cite it, and how to read it."""

import datetime
from dataclasses import dataclass

from azawad_conflict import tables

RULES = (
    "A row is a statement by a source, never the truth itself.",
    "Rival claims are rival rows: do not add them. Totals are computed from ranges, one for each incident and group of victims.",
    "A blank cell means not reported, or that the column does not apply. Zero means that the source says none.",
    "Dates are EDTF text, as precise as the source is. Beside each date X stand X_first and X_last, the first and the last day"
    " that it can mean, and X_precision.",
    "Lists in a cell are separated by semicolons.",
)


@dataclass(frozen=True)
class About:
    """An edition of the data in words. date : the day of the edition."""

    name: str
    title: str
    description: str
    version: str
    date: datetime.date
    authors: tuple[str, ...]
    licence: str
    licence_address: str
    rules: tuple[str, ...] = RULES

    @property
    def citation(self) -> str:
        """How to cite the data."""
        return (
            f"{' and '.join(self.authors)} ({self.date.year}). {self.title}. Data, edition {self.version}, {self.date}."
        )


def about() -> About:
    """What the descriptor of the data package says of the edition."""
    package = tables.schema()
    licence = package["licenses"][0]
    return About(
        package["name"],
        package["title"],
        package["description"],
        package["version"],
        datetime.date.fromisoformat(package["created"][:10]),
        tuple(person["title"] for person in package["contributors"]),
        licence["title"],
        licence["path"],
    )
