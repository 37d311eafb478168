"""Tables on phases, with readers' headings."""

import pandas as pd

from azawad_conflict.wording import cited, sentence_numbers, short_day

SCOPES = {"core": "core", "context": "context"}


def bounds(phase_table: pd.DataFrame) -> pd.DataFrame:
    """The phase table with readers' headings; one row per phase."""
    return pd.DataFrame(
        {
            "No.": phase_table["number"],
            "Phase": phase_table["name"],
            "First day": phase_table["first_day"].map(short_day),
            "Last day": phase_table["last_day"].map(short_day),
            "Days": phase_table["duration_days"],
            "Opens with": phase_table["opens_with"],
            "Sources of the bounds": phase_table["source_id"].map(cited),
        }
    )


def support(phase_table: pd.DataFrame) -> pd.DataFrame:
    """What stands behind each phase, with readers' headings; one row per phase."""
    basis = {"base": "base article", "thin": "half a sentence", "external": "other publications"}
    return pd.DataFrame(
        {
            "Phase": phase_table["name"],
            "Scope": phase_table["scope"].map(SCOPES),
            "Rests on": phase_table["basis"].map(basis),
            "Sentences": phase_table["base_sentence"].map(sentence_numbers),
            "Events": phase_table["incidents"],
            "Dated to the day": phase_table["dated_to_the_day"],
        }
    )


def coverage(coverage: pd.DataFrame) -> pd.DataFrame:
    """Statements by topic with readers' headings; one row per topic."""
    return coverage.rename(
        columns={
            "topic": "Topic",
            "statements": "Statements",
            "carried": "Carried by data",
            "not_carried": "Not carried",
        }
    )


def windows(windows: pd.DataFrame) -> pd.DataFrame:
    """The windows of time; one row per window."""
    return pd.DataFrame(
        {
            "Window": windows["window"],
            "First day": windows["first_day"].map(short_day),
            "Last day": windows["last_day"].map(short_day),
            "Days": windows["days"],
            "Used for": windows["used_for"],
        }
    )
