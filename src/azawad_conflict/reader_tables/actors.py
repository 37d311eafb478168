"""Tables on actors, with readers' headings."""

import pandas as pd

from azawad_conflict.language import WordsByKey, _, number, said
from azawad_conflict.wording import cited, number_range, sentence_numbers, short_date

SIDES = WordsByKey(
    {
        "mnla": "MNLA",
        "islamist": "Islamist armed groups",
        "state": "State of Mali",
        "allied": "Allied forces",
        "other": "Other",
    }
)
KINDS = WordsByKey(
    {
        "armed_movement": "armed movement",
        "self_defence": "self-defence volunteers",
        "state": "state",
        "state_force": "state force",
        "civilians": "civilians",
    }
)
FATES = WordsByKey({"killed": "killed", "wounded": "wounded", "captured": "captured", "not_stated": "not stated"})
MEASURES = WordsByKey({"fighters": "fighters", "share_deserted": "share of fighters who deserted"})


def belligerents(belligerents: pd.DataFrame) -> pd.DataFrame:
    """Armed actors with readers' headings; one row per actor, the sides in the order given and their actors by name."""
    named = belligerents.assign(order=pd.factorize(belligerents["side"])[0], actor=said(belligerents["name"]))
    belligerents = named.sort_values(
        ["order", "actor"], key=lambda column: column if column.name == "order" else column.str.casefold()
    )
    return pd.DataFrame(
        {
            _("Side"): belligerents["side"].map(SIDES),
            _("Actor"): belligerents["actor"],
            _("Kind"): belligerents["kind"].map(KINDS),
            _("Events"): belligerents["events"],
            _("Claims on its losses"): belligerents["loss_claims"],
            _("Source"): belligerents["source_id"].map(cited),
        }
    )


def leaders(leaders: pd.DataFrame) -> pd.DataFrame:
    """Persons with readers' headings; one row per person."""
    return pd.DataFrame(
        {
            _("Name"): leaders["name"],
            _("Actor"): said(leaders["actor_name"]),
            _("Role"): said(leaders["role"]),
            _("Reported fate"): leaders["reported_fate"].map(FATES),
            _("Tied to"): said(leaders["fate_event_name"]).fillna(""),
            _("Source of the office"): [
                cited(source) if pd.notna(source) else _("none found") for source in leaders["office_source_id"]
            ],
            _("Sentences"): leaders["base_sentence"].map(sentence_numbers),
        }
    )


def strength(strength_claims: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Strength claims with readers' headings; one row per claim, with its id."""
    short = said(actors.set_index("actor_id")["short_name"])
    return pd.DataFrame(
        {
            _("Actor"): strength_claims["actor_id"].map(short),
            _("Measure"): strength_claims["measure"].map(MEASURES),
            _("Reported"): [_strength(row) for row in strength_claims.to_dict("records")],
            _("Words of the source"): said(strength_claims["qualifier"]).fillna(""),
            _("Date"): strength_claims["date"].map(short_date),
            _("Claimant"): said(strength_claims["claimant"]),
            _("Source"): strength_claims["source_id"].map(cited),
            "Id": strength_claims["claim_id"],
        }
    )


def _strength(row):
    """The number of a claim on strength, with its unit where that is not people."""
    words = number_range(row)
    return _("{number} per cent").format(number=words) if row["unit"] == "percent" else words


def accused(accused: pd.DataFrame) -> pd.DataFrame:
    """Events that claimants lay to different parties, or that one denies; one row per event.

    accused : actors.accused.
    """
    return pd.DataFrame(
        {
            _("Event"): said(accused["event_name"]),
            _("Date"): accused["date"].map(short_date),
            _("Laid to (claims)"): accused["accused"].map(_numbered),
            _("Denied for (claims)"): accused["denied"].map(_numbered),
            _("Sources"): accused["source_ids"].map(cited),
        }
    )


def _numbered(numbers):
    """Names with their number of claims, which no end of line parts from them: "MNLA 3, MUJAO 1"."""
    return ", ".join(f"{_(name)}\u00a0{number(count)}" for name, count in numbers.items())
