"""Words for numbers, dates and rows: ranges in prose, and the tables as a reader sees them."""

import calendar
import re

import pandas as pd

from azawad_conflict.edtf_dates import in_words
from bookpress.show import Myst

NO_BREAK = "\u00a0"
MONTHS = calendar.month_name[1:]
CAUTION = "A count of reported deaths: a minimum, not an estimate."
SIDES = {"mnla": "MNLA", "islamist": "Islamist armed groups", "state": "State of Mali", "allied": "Allied forces", "other": "Other"}
KINDS = {
    "armed_movement": "armed movement",
    "self_defence": "self-defence volunteers",
    "state": "state",
    "state_force": "state force",
    "civilians": "civilians",
}
SCOPES = {"core": "core", "context": "context"}
FATES = {"killed": "killed", "wounded": "wounded", "captured": "captured", "not_stated": "not stated"}
HOW = {
    "battle": "battle",
    "siege": "siege",
    "ultimatum": "ultimatum",
    "withdrawal": "withdrawal",
    "unopposed_entry": "entry without a fight",
    "intervention": "foreign intervention",
    "agreement": "agreement",
    "not_stated": "not stated",
}


def day(date):
    """A day in words: 27 June 2012."""
    return in_words(pd.Timestamp(date).strftime("%Y-%m-%d"))


def short_date(edtf):
    """A date for tables and charts, with short months and no breaks within a day: 27 Jun 2012, Nov 2013 – Feb 2014.

    A span of months gives the bounds within which the event lies; "undated" for a blank.
    """
    words = in_words(edtf).removeprefix("between ").replace(" and ", " – ")
    for month in MONTHS:
        words = words.replace(month, month[:3])
    return re.sub(r"(?<=\w) (?=\w)", NO_BREAK, words)


def _short_day(date):
    return short_date(pd.Timestamp(date).strftime("%Y-%m-%d"))


def listed(words):
    """Words as a list in a sentence: "a", "a and b", "a, b and c"; "none" for no words."""
    words = list(words)
    if not words:
        return "none"
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def counted(number, singular, plural=None):
    """A number with its noun: "1 town", "3 towns"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def number_or_none(number):
    """A number for a sentence: "3", or "none"."""
    return f"{number:,}" if number else "none"


def number_range(row):
    """A range in words: "7", "30 to 35", "at least 12", "not stated". Reads low, high, at_least and reported of a row."""
    if not row.get("reported", True) or pd.isna(row["low"]) and pd.isna(row["high"]):
        return "not stated"
    if pd.isna(row["low"]):
        return f"up to {row['high']:,}"
    if row.get("at_least", False) or pd.isna(row["high"]):
        return f"at least {row['low']:,}"
    return f"{row['low']:,}" if row["low"] == row["high"] else f"{row['low']:,} to {row['high']:,}"


def cited(source_ids):
    """A table cell that cites sources."""
    keys = (source_ids,) if isinstance(source_ids, str) else tuple(source_ids)
    return Myst("{cite:t}`" + ",".join(keys) + "`")


def sentence_numbers(numbers):
    """Sentence numbers as runs: "2–4, 19"; 0 is written "infobox"; "none" when empty."""
    numbers = sorted(int(number) for number in numbers)
    if not numbers:
        return "none"
    runs = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1 and runs[-1][0] > 0:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join("infobox" if a == b == 0 else str(a) if a == b else f"{a}–{b}" for a, b in runs)


def phases_as_read(phase_table):
    """The phase table with readers' headings; one row per phase."""
    return pd.DataFrame(
        {
            "No.": phase_table["number"],
            "Phase": phase_table["name"],
            "First day": phase_table["first_day"].map(_short_day),
            "Last day": phase_table["last_day"].map(_short_day),
            "Days": phase_table["duration_days"],
            "Opens with": phase_table["opens_with"],
            "Sources of the bounds": phase_table["source_id"].map(cited),
        }
    )


def phase_support_as_read(phase_table):
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


def incidents_as_read(ranges):
    """Casualties by incident, with readers' headings; one row per incident, victim and outcome."""
    return pd.DataFrame(
        {
            "Date": ranges["date"].map(short_date),
            "Event": ranges["name"],
            "Victims": ranges["victim_name"],
            "Outcome": ranges["outcome"],
            "Reported": [number_range(row) for _, row in ranges.iterrows()],
            "Claims": ranges["claims"],
        }
    )


def totals_as_read(totals, heading, column):
    """Totals by one column, with readers' headings; one row per group and outcome."""
    return pd.DataFrame(
        {
            heading: totals[column],
            "Outcome": totals["outcome"],
            "Reported": [number_range(row) for _, row in totals.iterrows()],
            "Incidents": totals["incidents"],
            "Without a number": totals["unreported"],
        }
    )


def infobox_as_read(comparison):
    """The article against itself, with readers' headings; one row per year and outcome."""
    return pd.DataFrame(
        {
            "Year": comparison["year"],
            "Outcome": comparison["outcome"],
            "Infobox": comparison["infobox"],
            "MNLA, from the text": comparison["mnla"],
            "Volunteers, from the text": comparison["volunteers"],
            "Residual": comparison["residual"],
        }
    )


def changes_as_read(changes, places, actors):
    """Changes of hands, with readers' headings; one row per claim."""
    place_names = places.set_index("place_id")["name"]
    short = actors.set_index("actor_id")["short_name"]
    return pd.DataFrame(
        {
            "Date": changes["date"].map(short_date),
            "Place": changes["place_id"].map(place_names).fillna(changes["area"]),
            "From": [_holders(holders, short) for holders in changes["from_holder"]],
            "To": [_holders(holders, short) for holders in changes["to_holder"]],
            "How": changes["how"].map(HOW),
            "Certainty": changes["certainty"],
            "Sentences": changes["base_sentence"].map(sentence_numbers),
        }
    )


def _holders(actor_ids, short_names):
    return listed(short_names[actor] for actor in actor_ids) if actor_ids else "not stated"


def days_as_read(days, places):
    """Days in each state by place, with readers' headings; one row per place with a documented or presumed day."""
    names = places.set_index("place_id")["name"]
    shown = days[days["unknown"] < days[["held", "shared", "contested", "presumed", "unknown"]].sum(axis=1)]
    shown = shown.sort_values("documented_share", ascending=False)
    return pd.DataFrame(
        {
            "Place": shown["place_id"].map(names),
            "Held": shown["held"],
            "Shared": shown["shared"],
            "Contested": shown["contested"],
            "Presumed": shown["presumed"],
            "Unknown": shown["unknown"],
            "Documented, %": (100 * shown["documented_share"]).round().astype(int),
            "Presumed, %": (100 * shown["presumed_share"]).round().astype(int),
        }
    )


def belligerents_as_read(belligerents):
    """Armed actors with readers' headings; one row per actor."""
    return pd.DataFrame(
        {
            "Side": belligerents["side"].map(SIDES),
            "Actor": belligerents["name"],
            "Kind": belligerents["kind"].map(KINDS),
            "Part of": belligerents["parent_name"].fillna(""),
            "Events": belligerents["events"],
        }
    )


def leaders_as_read(leaders):
    """Persons with readers' headings; one row per person."""
    return pd.DataFrame(
        {
            "Name": leaders["name"],
            "Actor": leaders["actor_name"],
            "Role": leaders["role"],
            "Reported fate": leaders["reported_fate"].map(FATES),
            "Tied to": leaders["fate_event_name"].fillna(""),
            "Sentences": leaders["base_sentence"].map(sentence_numbers),
        }
    )


def strength_as_read(strength_claims, actors):
    """Strength claims with readers' headings; one row per claim."""
    short = actors.set_index("actor_id")["short_name"]
    measures = {"fighters": "fighters", "share_deserted": "share of fighters who deserted"}
    units = {"people": "", "percent": " per cent"}
    return pd.DataFrame(
        {
            "Actor": strength_claims["actor_id"].map(short),
            "Measure": strength_claims["measure"].map(measures),
            "Reported": [number_range(row) + units[row["unit"]] for _, row in strength_claims.iterrows()],
            "Words of the source": strength_claims["qualifier"].fillna(""),
            "Date": strength_claims["date"].map(short_date),
            "Sentences": strength_claims["base_sentence"].map(sentence_numbers),
        }
    )


def accusations_as_read(accusations):
    """Attribution claims with readers' headings; one row per claim."""
    return pd.DataFrame(
        {
            "Event": accusations["event_name"],
            "Claimant": accusations["claimant"],
            "Says": accusations["stance"].map({"alleges": "alleges it of", "states": "states it of", "denies": "denies it of"}),
            "Accused": accusations["accused_name"],
            "Sentences": accusations["base_sentence"].map(sentence_numbers),
        }
    )


def coverage_as_read(coverage):
    """Statements by topic with readers' headings; one row per topic."""
    return coverage.rename(
        columns={"topic": "Topic", "statements": "Statements", "carried": "Carried by data", "not_carried": "Not carried"}
    )
