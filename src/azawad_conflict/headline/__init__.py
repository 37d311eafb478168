"""Every number that prose quotes, by key: computed, worded, each with its rule and its claims.

One module per topic, each with a function `quoted`. A key starts with its topic, which is also the
notebook or page that glues it. The published values are kept in tests/expected/headline.json, so
that a moved number is a visible difference.
"""

from azawad_conflict.headline import (
    actors,
    background,
    base_article,
    casualties,
    civilians,
    multiverse,
    phases,
    reconciliation,
    territory,
)
from azawad_conflict.headline.number import Number

TOPICS = {
    "phases": phases,
    "casualties": casualties,
    "territory": territory,
    "actors": actors,
    "reconciliation": reconciliation,
    "multiverse": multiverse,
    "base_article": base_article,
    "civilians": civilians,
    "background": background,
}


def quoted(topic: str) -> dict[str, Number]:
    """Key to Number, for one topic. Raises KeyError for a topic that is not in TOPICS."""
    return TOPICS[topic].quoted()


def numbers(topic: str) -> dict[str, str]:
    """Key to text, for one topic. Raises KeyError for a topic that is not in TOPICS."""
    return {key: number.text for key, number in quoted(topic).items()}
