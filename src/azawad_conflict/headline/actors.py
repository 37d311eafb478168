"""What prose quotes on actors."""

from azawad_conflict import actors
from azawad_conflict.tables import load
from azawad_conflict.wording import listed, number_range


def numbers():
    """Key to text, for the notebook on actors."""
    people, strength, accusations = load("people"), load("strength_claims"), load("attribution_claims")
    fates = people["reported_fate"].value_counts()
    claims = strength.set_index("claim_id")
    mnla = strength["actor_id"].eq("mnla") & strength["measure"].eq("fighters")
    rival = actors.accusations(accusations, load("events"), load("actors"))
    return {
        "actors_people": str(len(people)),
        "actors_infobox_people": str(int(people["base_sentence"].map(lambda numbers: "0" in numbers).sum())),
        "actors_killed": str(fates["killed"]),
        "actors_wounded": str(fates["wounded"]),
        "actors_not_stated": str(fates["not_stated"]),
        "actors_tied_names": listed(people.loc[people["fate_event_id"].notna(), "name"]),
        "actors_tied": str(int(people["fate_event_id"].notna().sum())),
        "actors_armed": str(len(actors.belligerents(load("actors"), load("events"), load("casualty_claims")))),
        "actors_strength_lowest": str(f"{strength.loc[mnla, 'low'].min():,}"),
        "actors_strength_highest": str(f"{strength.loc[mnla, 'high'].max():,}"),
        "actors_strength_claims": str(int(mnla.sum())),
        "actors_islamist_strength": number_range(
            strength[strength["actor_id"].eq("islamist_groups") & strength["source_id"].eq("malijet_2013")].iloc[0]
        ),
        "actors_strength": number_range(claims.loc["mnla_fighters"]),
        "actors_deserted": number_range(claims.loc["mnla_deserted"]),
        "actors_accusations": str(len(accusations)),
        "actors_accused_events": str(accusations["event_id"].nunique()),
        "actors_rival_events": str(rival.loc[rival["rival"], "event_id"].nunique()),
    }
