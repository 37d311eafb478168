"""Every number that prose quotes, by key, worded: calls of the analysis, and the choice of what is quoted.

One module per topic, each with a function `numbers`. A key starts with its topic, which is also the notebook or page that glues
it. The published values are kept in tests/expected/headline.json, so that a moved number is a visible difference.
"""

from importlib import import_module

TOPICS = (
    "phases",
    "casualties",
    "territory",
    "actors",
    "reconciliation",
    "multiverse",
    "base_article",
    "civilians",
    "background",
)


def numbers(topic):
    """Key to text, for one topic. Raises KeyError for a topic that is not in TOPICS."""
    if topic not in TOPICS:
        raise KeyError(topic)
    return import_module(f"{__name__}.{topic}").numbers()
