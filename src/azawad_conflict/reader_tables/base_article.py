"""Tables on the base article, with readers' headings."""

import pandas as pd

from azawad_conflict.language import WordsByKey, _, number, said
from azawad_conflict.wording import cited, sentence_numbers

TOPICS = WordsByKey(
    {
        "scope": "scope",
        "actors": "actors",
        "strength": "strength",
        "casualties": "casualties",
        "territory": "territory",
        "military": "military",
        "politics": "politics",
        "agreements": "agreements",
        "accusations": "accusations",
    }
)
STATUSES = WordsByKey(
    {
        "supported": "supported",
        "contradicted": "contradicted",
        "disputed": "disputed",
        "unsourced": "unsourced",
        "vague": "vague",
    }
)
HEADS = WordsByKey(
    {
        "topic": "Topic",
        "statements": "Statements",
        "supported": "Supported",
        "contradicted": "Contradicted",
        "disputed": "Disputed",
        "unsourced": "Unsourced",
        "vague": "Vague",
    }
)
# The totals that a statement can move, as base_article.totals names them.
TOTALS = WordsByKey(
    {
        "killed, MNLA and allies, all sources": "killed, MNLA and allies, all sources",
        "killed, MNLA and allies, base article": "killed, MNLA and allies, base article",
        "killed, Islamist armed groups, all sources": "killed, Islamist armed groups, all sources",
        "killed, Islamist armed groups, base article": "killed, Islamist armed groups, base article",
        "killed, infobox": "killed, infobox",
        "wounded, infobox": "wounded, infobox",
        "wounded, MNLA and allies, base article": "wounded, MNLA and allies, base article",
        "captured, infobox": "captured, infobox",
        "captured, MNLA and allies, base article": "captured, MNLA and allies, base article",
        "town-days with a holder, all sources": "town-days with a holder, all sources",
        "town-days with a holder, base article": "town-days with a holder, base article",
    }
)
CHAPTERS = WordsByKey(
    {
        "phases": "phases",
        "casualties": "casualties",
        "territory": "territory",
        "actors": "actors",
        "civilians": "civilians",
    }
)


def topics(by_topic: pd.DataFrame) -> pd.DataFrame:
    """Statements by topic and status; one row per topic."""
    return by_topic.assign(topic=by_topic["topic"].map(TOPICS)).rename(columns=HEADS)


def verdicts(statements: pd.DataFrame, sources_of: dict[str, str]) -> pd.DataFrame:
    """What sources say of each statement; one row per statement, with its id.

    sources_of : row ("table:identifier") to source_id, for the citations of the evidence.
    """
    keys = [tuple(dict.fromkeys(sources_of[item] for item in items)) for items in statements["evidence"]]
    return pd.DataFrame(
        {
            _("Sentence"): [sentence_numbers((number,)) for number in statements["base_sentence"]],
            _("The article says"): said(statements["statement"]),
            _("Status"): statements["status"].map(STATUSES),
            _("What sources say"): said(statements["finding"]),
            _("Evidence"): [cited(ids) if ids else "" for ids in keys],
            "Id": statements["statement_id"],
        }
    )


def by_status(statements: pd.DataFrame) -> str:
    """How many statements have each status, and how many there are, for the note of `verdicts`."""
    found = statements["status"].value_counts()
    counts = _("; ").join(f"{words} {number(int(found.get(status, 0)))}" for status, words in STATUSES.items())
    return _("By status: {counts}; together {whole}.").format(counts=counts, whole=number(len(statements)))


def consequences(consequences: pd.DataFrame) -> pd.DataFrame:
    """What would change if a statement were wrong; one row per statement that moves a total."""
    moving = consequences[consequences["moved"].map(len) > 0]
    return pd.DataFrame(
        {
            _("Sentence"): [sentence_numbers((number,)) for number in moving["base_sentence"]],
            _("If this were wrong"): said(moving["statement"]),
            _("Status"): moving["status"].map(STATUSES),
            _("Rows"): moving["rows"],
            _("Chapters"): [", ".join(CHAPTERS[chapter] for chapter in chapters) for chapters in moving["chapters"]],
            _("Totals that move"): [_("; ").join(_moved(*change) for change in changes) for changes in moving["moved"]],
        }
    )


def _moved(name, before, after):
    """A total and how it moves."""
    return _("{total}: {before} to {after}").format(total=TOTALS[name], before=number(before), after=number(after))
