"""Tables on phases, with readers' headings."""

import pandas as pd

from azawad_conflict.language import WordsByKey, _, said
from azawad_conflict.reader_tables.base_article import TOPICS
from azawad_conflict.wording import cited, sentence_numbers, short_day

SCOPES = WordsByKey({"core": "core", "context": "context"})
BASES = WordsByKey({"base": "base article", "thin": "half a sentence", "external": "other publications"})


def bounds(phase_table: pd.DataFrame) -> pd.DataFrame:
    """The phase table with readers' headings; one row per phase."""
    return pd.DataFrame(
        {
            _("No."): phase_table["number"],
            _("Phase"): said(phase_table["name"]),
            _("Scope"): phase_table["scope"].map(SCOPES),
            _("First day"): phase_table["first_day"].map(short_day),
            _("Last day"): phase_table["last_day"].map(short_day),
            _("Days"): phase_table["duration_days"],
            _("Opens with"): said(phase_table["opens_with"]),
            _("Sources of the bounds"): phase_table["source_id"].map(cited),
        }
    )


def support(phase_table: pd.DataFrame) -> pd.DataFrame:
    """What stands behind each phase, with readers' headings; one row per phase."""
    return pd.DataFrame(
        {
            _("Phase"): said(phase_table["name"]),
            _("Scope"): phase_table["scope"].map(SCOPES),
            _("Rests on"): phase_table["basis"].map(BASES),
            _("Sentences"): phase_table["base_sentence"].map(sentence_numbers),
            _("Events"): phase_table["incidents"],
            _("Dated to the day"): phase_table["dated_to_the_day"],
        }
    )


def coverage(coverage: pd.DataFrame) -> pd.DataFrame:
    """Statements by topic with readers' headings; one row per topic."""
    return coverage.assign(topic=coverage["topic"].map(TOPICS)).rename(
        columns={
            "topic": _("Topic"),
            "statements": _("Statements"),
            "carried": _("Carried by data"),
            "not_carried": _("Not carried"),
        }
    )


def windows(windows: pd.DataFrame) -> pd.DataFrame:
    """The windows of time; one row per window."""
    return pd.DataFrame(
        {
            _("Window"): windows["window"].map(_),
            _("First day"): windows["first_day"].map(short_day),
            _("Last day"): windows["last_day"].map(short_day),
            _("Days"): windows["days"],
            _("Used for"): windows["used_for"].map(_),
        }
    )
