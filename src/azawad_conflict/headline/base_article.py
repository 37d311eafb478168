"""What prose quotes on the base article."""

from functools import lru_cache

import pandas as pd

from azawad_conflict import base_article
from azawad_conflict.edtf_dates import in_words
from azawad_conflict.evidence import statements
from azawad_conflict.headline.number import Number, numbers
from azawad_conflict.language import N_
from azawad_conflict.tables import load, stamp
from azawad_conflict.wording import number_or_none

RULE = N_("Each statement of the article is judged by sources other than encyclopaedias.")
TABLES = ("casualty_claims", "events", "actors", "sources", "control_claims", "control_spells", "places", "phases")
TOLD = ("casualty_claims", "event_claims", "attribution_claims", "control_claims", "strength_claims")  # have claimants


def consequences() -> pd.DataFrame:
    """base_article.consequences of the data, computed once for the notebook and its numbers."""
    return _consequences(stamp())


@lru_cache(maxsize=1)
def _consequences(_stamp):
    return base_article.consequences(load("statements"), {name: load(name) for name in TABLES})


def quoted() -> dict[str, Number]:
    """Key to Number, for the notebook on the base article."""
    cut = load("statements")
    status = cut["status"].value_counts()
    topics = base_article.by_topic(cut).set_index("topic")
    moved = consequences()
    moves = moved[moved["moved"].map(len) > 0]
    assessed = moves["moved"].map(lambda changes: any(name.endswith("all sources") for name, _, _ in changes))
    texts = {
        "base_article_last_event": in_words(load("events").set_index("event_id")["date"]["reprisal_2014_02"]),
        "base_article_statements": str(len(cut)),
        "base_article_sentences": str(statements.sentences_covered(cut)),
        **{f"base_article_{name}": str(int(status.get(name, 0))) for name in base_article.STATUSES},
        "base_article_supported_percent": str(round(100 * status["supported"] / len(cut))),
        "base_article_supported_parties": str(
            len(base_article.by_parties_alone(cut, {name: load(name) for name in TOLD}))
        ),
        "base_article_casualties": str(topics.loc["casualties", "statements"]),
        "base_article_casualties_supported": str(topics.loc["casualties", "supported"]),
        "base_article_territory": str(topics.loc["territory", "statements"]),
        "base_article_territory_supported": str(topics.loc["territory", "supported"]),
        "base_article_moving": str(len(moves)),
        "base_article_moving_assessed": number_or_none(int(assessed.sum()), "statements of the article"),
    }
    return numbers(
        texts, RULE, more=(N_("The base article, in methods"), "methods.html#the-base-article-statement-by-statement")
    )
