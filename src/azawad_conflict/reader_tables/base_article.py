"""Tables on the base article, with readers' headings."""

import pandas as pd

from azawad_conflict.base_article import STATUSES
from azawad_conflict.wording import cited, sentence_numbers


def topics(by_topic: pd.DataFrame) -> pd.DataFrame:
    """Statements by topic and status; one row per topic."""
    headings = {"topic": "Topic", "statements": "Statements"} | {status: status.capitalize() for status in STATUSES}
    return by_topic.rename(columns=headings)


def verdicts(statements: pd.DataFrame, sources_of: dict[str, str]) -> pd.DataFrame:
    """What sources say of each statement; one row per statement, with its id.

    sources_of : row ("table:identifier") to source_id, for the citations of the evidence.
    """
    keys = [tuple(dict.fromkeys(sources_of[item] for item in items)) for items in statements["evidence"]]
    return pd.DataFrame(
        {
            "Sentence": [sentence_numbers((number,)) for number in statements["base_sentence"]],
            "The article says": statements["statement"],
            "Status": statements["status"],
            "What sources say": statements["finding"],
            "Evidence": [cited(ids) if ids else "" for ids in keys],
            "Id": statements["statement_id"],
        }
    )


def consequences(consequences: pd.DataFrame) -> pd.DataFrame:
    """What would change if a statement were wrong; one row per statement that moves a total."""
    moving = consequences[consequences["moved"].map(len) > 0]
    return pd.DataFrame(
        {
            "Sentence": [sentence_numbers((number,)) for number in moving["base_sentence"]],
            "If this were wrong": moving["statement"],
            "Status": moving["status"],
            "Rows": moving["rows"],
            "Chapters": [", ".join(chapters) for chapters in moving["chapters"]],
            "Totals that move": [
                "; ".join(f"{name}: {before:,} to {after:,}" for name, before, after in moved)
                for moved in moving["moved"]
            ],
        }
    )
