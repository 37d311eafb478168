"""What prose quotes on actors."""

from azawad_conflict import actors
from azawad_conflict.headline.number import Number, numbers
from azawad_conflict.language import N_, number
from azawad_conflict.tables import load
from azawad_conflict.wording import number_or_none, number_range

COUNTED = N_("Counted from the tables of actors and people.")
STRENGTH = N_("What claimants say of a strength; rival numbers stand beside each other and are never added.")
ACCUSED = N_(
    "Counted from the claims on who did an act. Rival: two claimants lay the act to different parties and name none in common, or one denies "
    "it for a party to whom another lays it. Gunmen whom nobody names are no party, and neither are a group and the whole that it is part of."
)


def quoted() -> dict[str, Number]:
    """Key to Number, for the notebook on actors."""
    people, strength, accusations = load("people"), load("strength_claims"), load("attribution_claims")
    claims = strength.set_index("claim_id")
    mnla = strength["actor_id"].eq("mnla") & strength["measure"].eq("fighters")
    rival = actors.accusations(accusations, load("events"), load("actors"))
    counted = {
        "actors_tied": str(int(people["fate_event_id"].notna().sum())),
        "actors_armed": str(len(actors.belligerents(load("actors"), load("events"), load("casualty_claims")))),
    }
    strengths = {
        "actors_strength_lowest": number(strength.loc[mnla, "low"].min()),
        "actors_strength_highest": number(strength.loc[mnla, "high"].max()),
        "actors_strength_claims": str(int(mnla.sum())),
        "actors_islamist_strength": number_range(
            strength[strength["actor_id"].eq("islamist_groups") & strength["source_id"].eq("malijet_2013")].iloc[0]
        ),
        "actors_strength": number_range(claims.loc["mnla_fighters"]),
    }
    agreed = rival.groupby("event_id")["rival"].any().eq(False)
    accused = {
        "actors_agreed_events": number_or_none(int(agreed.sum()), "acts"),
        "actors_accused_events": str(accusations["event_id"].nunique()),
        "actors_rival_events": str(rival.loc[rival["rival"], "event_id"].nunique()),
    }
    more = (N_("All claims on perpetrators and courses of events"), "explorer.html#claims?outcome=event")
    return numbers(counted, COUNTED) | numbers(strengths, STRENGTH) | numbers(accused, ACCUSED, more=more)
