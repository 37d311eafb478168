"""Tables on territory, with readers' headings."""

import pandas as pd

from azawad_conflict.wording import listed, sentence_numbers, short_date

HOW = {
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


def changes(changes, places, actors):
    """Changes of hands, with readers' headings; one row per claim."""
    place_names = places.set_index("place_id")["name"]
    short = actors.set_index("actor_id")["short_name"]
    return pd.DataFrame(
        {
            "Date": changes["date"].map(short_date),
            "Place": changes["place_id"].map(place_names).fillna(changes["area"]),
            "From": [holders(ids, short) for ids in changes["from_holder"]],
            "To": [holders(ids, short) for ids in changes["to_holder"]],
            "How": changes["how"].map(HOW),
            "Certainty": changes["certainty"],
            "Sentences": changes["base_sentence"].map(sentence_numbers),
        }
    )


def holders(actor_ids, short_names):
    """Holders in words; "not stated" for none."""
    return listed(short_names[actor] for actor in actor_ids) if actor_ids else "not stated"


def days(days, places):
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
