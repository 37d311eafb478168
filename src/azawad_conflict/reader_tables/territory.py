"""Tables on territory, with readers' headings."""

import pandas as pd

from azawad_conflict.language import WordsByKey, _, said
from azawad_conflict.wording import cited, listed, short_date

HOW = WordsByKey(
    {
        "battle": "battle",
        "siege": "siege",
        "ultimatum": "ultimatum",
        "withdrawal": "withdrawal",
        "unopposed_entry": "entry without a fight",
        "expulsion": "expulsion",
        "intervention": "foreign intervention",
        "agreement": "agreement",
        "failed_attack": "attack without effect",
        "presence": "presence",
        "claim": "claimed only",
        "denial": "denied",
        "not_held": "not held",
        "not_stated": "not stated",
    }
)
PARTS = WordsByKey({"documented": "Documented, %", "presumed": "Presumed, %", "none": "No holder named, %"})
CERTAINTY = WordsByKey({"high": "high", "medium": "medium", "low": "low"})


def hand_overs(moves: pd.DataFrame, places: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Changes of holder; one row per change."""
    names, short = said(places.set_index("place_id")["name"]), actors.set_index("actor_id")["short_name"]
    return pd.DataFrame(
        {
            _("Date"): moves["date"].map(short_date),
            _("Place"): moves["place_id"].map(names),
            _("From"): [
                _("{holders} (then a gap)").format(holders=holders(ids, short)) if gap else holders(ids, short)
                for ids, gap in zip(moves["from_holder"], moves["gap"], strict=True)
            ],
            _("To"): [holders(ids, short) for ids in moves["to_holder"]],
            _("Certainty"): moves["certainty"].map(CERTAINTY),
            _("Other dates claimed"): [
                _("; ").join(short_date(date) for date in dates) for dates in moves["rival_dates"]
            ],
            _("Sources"): moves["source_id"].map(cited),
        }
    )


def holders(actor_ids: tuple[str, ...], short_names: pd.Series) -> str:
    """Holders in words; "not stated" for none."""
    return listed(_(short_names[actor]) for actor in actor_ids) if actor_ids else _("not stated")


def days(days: pd.DataFrame, told: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Days in each state, beside the base article's; one row per place, by documented days."""
    names = said(places.set_index("place_id")["name"])
    shown = days.sort_values("documented_share", ascending=False)
    article = told.set_index("place_id")
    documented = article[["held", "shared", "contested"]].sum(axis=1)
    return pd.DataFrame(
        {
            _("Place"): shown["place_id"].map(names),
            _("Held"): shown["held"],
            _("Shared"): shown["shared"],
            _("Contested"): shown["contested"],
            _("Empty"): shown["empty"],
            _("Presumed"): shown["presumed"],
            _("Unknown"): shown["unknown"],
            _("Base article, documented"): shown["place_id"].map(documented),
            _("Base article, presumed"): shown["place_id"].map(article["presumed"]),
        }
    )


def holder_days(days: pd.DataFrame, places: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Days of each holder in each place; one row per place and holder, the longest there first."""
    names, short = said(places.set_index("place_id")["name"]), said(actors.set_index("actor_id")["short_name"])
    named = days.assign(
        name=days["place_id"].map(names), all=days[["held", "shared", "contested", "presumed"]].sum(axis=1)
    )
    shown = named.sort_values(["name", "all", "holder"], ascending=[True, False, True])
    return pd.DataFrame(
        {
            _("Place"): shown["name"],
            _("Holder"): shown["holder"].map(short),
            _("Held alone"): shown["held"],
            _("Shared"): shown["shared"],
            _("Contested"): shown["contested"],
            _("Presumed"): shown["presumed"],
        }
    )


def sensitivity(sensitivity: pd.DataFrame) -> pd.DataFrame:
    """The assessed reading under other rules; one row per variant, the published one first and marked."""
    first, *others = sensitivity["variant"].map(_)
    return pd.DataFrame(
        {_("Reading"): [_("{reading}, as published").format(reading=first), *others]}
        | {head: (100 * sensitivity[part]).round().astype(int) for part, head in PARTS.items()}
        | {_("Same holders as published, %"): (100 * sensitivity["agree"]).round().astype(int)}
    )
