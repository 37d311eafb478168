"""Tables on actors, with readers' headings."""

import pandas as pd

from azawad_conflict.wording import cited, number_range, sentence_numbers, short_date

SIDES = {
    "mnla": "MNLA",
    "islamist": "Islamist armed groups",
    "state": "State of Mali",
    "allied": "Allied forces",
    "other": "Other",
}
KINDS = {
    "armed_movement": "armed movement",
    "self_defence": "self-defence volunteers",
    "state": "state",
    "state_force": "state force",
    "civilians": "civilians",
}
FATES = {"killed": "killed", "wounded": "wounded", "captured": "captured", "not_stated": "not stated"}


def belligerents(belligerents: pd.DataFrame) -> pd.DataFrame:
    """Armed actors with readers' headings; one row per actor."""
    return pd.DataFrame(
        {
            "Side": belligerents["side"].map(SIDES),
            "Actor": belligerents["name"],
            "Kind": belligerents["kind"].map(KINDS),
            "Part of": belligerents["parent_name"].fillna(""),
            "Events": belligerents["events"],
            "Claims on its losses": belligerents["loss_claims"],
            "Source": belligerents["source_id"].map(cited),
        }
    )


def leaders(leaders: pd.DataFrame) -> pd.DataFrame:
    """Persons with readers' headings; one row per person."""
    return pd.DataFrame(
        {
            "Name": leaders["name"],
            "Actor": leaders["actor_name"],
            "Role": leaders["role"],
            "Reported fate": leaders["reported_fate"].map(FATES),
            "Tied to": leaders["fate_event_name"].fillna(""),
            "Source of the office": [
                cited(source) if pd.notna(source) else "none found" for source in leaders["office_source_id"]
            ],
            "Sentences": leaders["base_sentence"].map(sentence_numbers),
        }
    )


def strength(strength_claims: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Strength claims with readers' headings; one row per claim, with its id."""
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
            "Claimant": strength_claims["claimant"],
            "Source": strength_claims["source_id"].map(cited),
            "Id": strength_claims["claim_id"],
        }
    )


def accused(accused: pd.DataFrame) -> pd.DataFrame:
    """Events that claimants lay to different parties, or that one denies; one row per event.

    accused : actors.accused.
    """
    return pd.DataFrame(
        {
            "Event": accused["event_name"],
            "Date": accused["date"].map(short_date),
            "Laid to (statements)": accused["accused"].map(_numbered),
            "Denied for (statements)": accused["denied"].map(_numbered),
            "Sources": accused["source_ids"].map(cited),
        }
    )


def _numbered(numbers):
    """Names with their number of statements: "MNLA 3, MUJAO 1"."""
    return ", ".join(f"{name} {number}" for name, number in numbers.items())
