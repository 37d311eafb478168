"""Tables of claims, with readers' headings: each row names its claimant and cites its source."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd
from docutils.nodes import make_id

from azawad_conflict.evidence.claims import ATTRIBUTED
from azawad_conflict.language import WordsByKey, _, number, said
from azawad_conflict.reader_tables.territory import HOW, holders
from azawad_conflict.wording import cited, counted, number_or_none, number_range, short_date

ROLES = WordsByKey(
    {
        "own_losses": "party, on itself",
        "enemy_losses": "party, on its enemy",
        "medical": "medical",
        "monitor": "monitor",
        "local": "local",
        "press": "press",
        "state": "state",
        "encyclopaedia": "encyclopaedia",
    }
)
HARMED = WordsByKey({"killed": "{number} killed", "wounded": "{number} wounded", "captured": "{number} captured"})
QUALIFIED = WordsByKey({"more than": "more than {number}", "about": "about {number}", "close to": "close to {number}"})
UNCOUNTED = WordsByKey(
    {
        "killed": "killed: no number stated",
        "wounded": "wounded: no number stated",
        "captured": "captured: no number stated",
    }
)


def casualties(claims: pd.DataFrame) -> pd.DataFrame:
    """Casualty claims with readers' headings; one row per claim, with its id."""
    return pd.DataFrame(
        {
            _("Event"): said(claims["event_name"]) + ", " + claims["date"].map(short_date),
            _("Victims"): said(claims["victim_name"]),
            _("Claimed"): [_claimed(row) for row in claims.to_dict("records")],
            _("Claimant"): said_by(claims),
            _("Source"): claims["source_id"].map(cited),
            "Id": claims["claim_id"],
        }
    )


def _claimed(row):
    """A claim's number with outcome and the source's words, and the reason if it does not count."""
    is_counted = pd.notna(row["low"]) or pd.notna(row["high"])
    qualifier = "" if pd.isna(row["qualifier"]) else row["qualifier"]
    if qualifier in QUALIFIED and (pd.isna(row["high"]) if qualifier == "more than" else row["low"] == row["high"]):
        stated, beside = QUALIFIED[qualifier].format(number=number(row["low"])), ""
    else:  # what the range says itself is not said again
        beside = "" if qualifier == "up to" else _(qualifier).removeprefix(_("at least")).strip()
        stated = number_range(row)
    words = HARMED[row["outcome"]].format(number=stated) if is_counted else UNCOUNTED[row["outcome"]]
    words += f" ({beside})" if beside else ""
    if row["counted"] == "yes":
        return words
    reason = _(row["reason"])
    return words + _("; ") + reason[0].lower() + reason[1:].rstrip(".")


def said_by(claims: pd.DataFrame) -> pd.Series:
    """Who says it, and where they stand unless the name tells; one per row of claims with claimant and claimant_role."""
    named = [
        re.search(rf"\b{role}\b", name, re.IGNORECASE) is not None
        for name, role in zip(claims["claimant"], claims["claimant_role"], strict=True)
    ]
    names = said(claims["claimant"])
    return names.where(named, names + " (" + claims["claimant_role"].map(ROLES) + ")")


def overview(overview: pd.DataFrame, by: str, on: str) -> pd.DataFrame:
    """How many claims there are, group by group; one row per group.

    overview : claims.overview. by, on : headings of the groups and of what the claims are on.
    """
    table = {
        by: overview[overview.columns[0]].map(_),
        _("Claims"): overview["claims"],
        on: overview["on"],
        _("Sources"): overview["sources"],
    }
    return pd.DataFrame(
        table | ({_("Claims that can count"): overview["counted"]} if overview["counted"].notna().all() else {})
    )


def others(claims: pd.DataFrame) -> pd.DataFrame:
    """Claims on events other than numbers, with readers' headings; one row per claim, with its id."""
    return pd.DataFrame(
        {
            _("Event"): said(claims["event_name"]) + ", " + claims["date"].map(short_date),
            _("What is said"): [_statement(row) for row in claims.to_dict("records")],
            _("Claimant"): said_by(claims),
            _("Source"): claims["source_id"].map(cited),
            "Id": claims["claim_id"],
        }
    )


def _statement(row):
    """What is said; of an author the words are this report's own, in English in the data."""
    for words in ATTRIBUTED.values() if row["aspect"] == "author" else ():
        before, after = words.split("{party}")
        if row["statement"].startswith(before):
            return _(words).format(party=_(row["statement"].removeprefix(before).removesuffix(after)))
    return _(row["statement"])


class OnPlace(NamedTuple):
    """The control claims on one place: its key, the address of its heading, its name, an overview in words, the rows."""

    key: str
    address: str
    name: str
    overview: str
    rows: pd.DataFrame


def by_place(claims: pd.DataFrame) -> Iterator[OnPlace]:
    """Control claims place by place. claims : claims.control_claims with in_reading."""
    for (region, place), rows in claims.groupby(["region", "place_name"], sort=False):
        name = _(str(place))
        overview = _("{region} region. {claims} from {sources}; in the reading: {named}.").format(
            region=_(str(region)),
            claims=counted(len(rows), "claim"),
            sources=counted(rows["source_id"].nunique(), "source"),
            named=number_or_none(int(rows["in_reading"].sum()), "claims"),
        )
        yield OnPlace(make_id(str(place)), f"control-{make_id(name)}", name, overview, rows)


def control(claims: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Control claims with readers' headings; one row per claim, with its id."""
    short = said(actors.set_index("actor_id")["short_name"])
    return pd.DataFrame(
        {
            _("Place"): said(claims["place_name"]),
            _("Date"): claims["date"].map(short_date),
            _("From"): [holders(ids, short) for ids in claims["from_holder"]],
            _("To"): [holders(ids, short) for ids in claims["to_holder"]],
            _("How"): claims["how"].map(HOW),
            _("In the reading"): claims["in_reading"].map({True: _("yes"), False: _("no")}),
            _("Claimant"): said_by(claims),
            _("Source"): claims["source_id"].map(cited),
            "Id": claims["claim_id"],
        }
    )
