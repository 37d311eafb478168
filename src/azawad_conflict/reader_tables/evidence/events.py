"""Every event and every place, with readers' headings: what the claims are on."""

import pandas as pd

from azawad_conflict.actors import accusations
from azawad_conflict.evidence.claims import NO_PHASE
from azawad_conflict.language import WordsByKey, _, number, said
from azawad_conflict.wording import capital, cited, short_date

SCOPES = WordsByKey({"core": "core", "disputed": "disputed", "context": "context"})
POINTS = WordsByKey({"approximate": "{point} (approximate)", "area": "{point} (of an area)"})
PLACES = WordsByKey(
    {
        "regional_capital": "Regional capital",
        "town": "Town",
        "village": "Village",
        "border_post": "Border post",
        "locality": "Locality",
        "mountains": "Mountains",
    }
)
# What claims on an event say: words for one of each table.
ON_EVENTS = WordsByKey({"casualty_claims": "casualties", "attribution_claims": "author", "event_claims": "course"})


def events(
    events: pd.DataFrame,
    phases: pd.DataFrame,
    places: pd.DataFrame,
    actors: pd.DataFrame,
    claims: dict[str, pd.DataFrame],
) -> pd.DataFrame:
    """Every event, by phase and date; one row per event, with its id.

    claims : the tables of ON_EVENTS by name.
    """
    names, short = said(phases.set_index("phase_id")["name"]), said(actors.set_index("actor_id")["short_name"])
    order = [*names, _(NO_PHASE)]
    of_phase = events["phase_id"].map(names).fillna(_(NO_PHASE))
    rows = events.assign(phase=pd.Categorical(of_phase, order, ordered=True))
    rows = rows.sort_values(["phase", "date", "event_id"], na_position="first")
    numbers = {name: table["event_id"].value_counts() for name, table in claims.items()}
    accused = accusations(claims["attribution_claims"], events, actors)
    contested = set(accused.loc[accused["rival"], "event_id"])
    return pd.DataFrame(
        {
            _("Phase"): rows["phase"].astype("string"),
            _("Event"): said(rows["name"]),
            _("Date"): rows["date"].map(short_date),
            _("Place"): rows["place_id"].map(said(places.set_index("place_id")["name"])).fillna(""),
            _("Parties, as coded"): [_parties(row, short, contested) for row in rows.to_dict("records")],
            _("Scope"): rows["scope"].map(SCOPES),
            _("Claims"): [_claims(event, numbers) for event in rows["event_id"]],
            "Id": rows["event_id"],
        }
    )


def _parties(event, short, contested):
    """Who met whom, one name where there is one, with a mark where claims on whose act it was contradict each other."""
    met = _("; ").join(short[event[side]] for side in ("actor_a", "actor_b") if pd.notna(event[side]))
    return _("{parties} (contested)").format(parties=met) if event["event_id"] in contested else met


def _claims(event_id, numbers):
    """How many claims there are on an event, by what they say."""
    said = [
        f"{ON_EVENTS[name]} {number(found[event_id])}" for name, found in numbers.items() if event_id in found.index
    ]
    return capital(", ".join(said))


def places(places: pd.DataFrame, events: pd.DataFrame, control_claims: pd.DataFrame) -> pd.DataFrame:
    """Every place that rows name; one row per place, with its id."""
    happened, held = events["place_id"].value_counts(), control_claims["place_id"].value_counts()
    names = said(places["name"])  # the row's own name is another one where the reader's language has its own
    return pd.DataFrame(
        {
            _("Place"): names,
            _("Other names"): [
                ", ".join(other for other in (*others, name) if other != shown)
                for others, name, shown in zip(places["other_names"], places["name"], names, strict=True)
            ],
            _("Kind"): places["kind"].map(PLACES),
            _("Region in 2012"): said(places["region_2012"]).fillna(""),
            _("Latitude, longitude"): [_point(place) for place in places.to_dict("records")],
            _("Events"): places["place_id"].map(happened).fillna(0).astype(int),
            _("Claims on control"): places["place_id"].map(held).fillna(0).astype(int),
            _("Source"): places["source_id"].map(cited),
            "Id": places["place_id"],
        }
    )


def _point(place):
    """Decimal degrees with the digits that a map of the country needs, and how exact they are."""
    if pd.isna(place["latitude"]):
        return ""
    latitude, longitude = (number(round(place[name], 2), 2).replace("-", "−") for name in ("latitude", "longitude"))
    degrees = _("{latitude}, {longitude}").format(latitude=latitude, longitude=longitude)
    return POINTS.get(place["coordinate_precision"], "{point}").format(point=degrees)
