"""What prose quotes on violence against civilians."""

from azawad_conflict import civilians
from azawad_conflict.counting.terms import SIDES
from azawad_conflict.edtf_dates import in_words
from azawad_conflict.headline.number import Number, numbers
from azawad_conflict.language import N_
from azawad_conflict.tables import load
from azawad_conflict.wording import number_or_none

RULE = N_("Statements on violence against civilians, counted as statements; the people in them are never added up.")
ACTS = ("amputation", "pillage")  # acts that prose compares between both sides


def quoted() -> dict[str, Number]:
    """Key to Number, for the notebook on civilians."""
    statements = civilians.abuse_statements(*(load(name) for name in ("abuse_claims", "actors", "places", "events")))
    sides = civilians.by_stance(statements).set_index("accused_side")
    acts = civilians.by_act(statements).set_index("act")
    languages = load("sources").set_index("source_id")["language"]
    told = statements.drop_duplicates("source_id")["source_id"].map(languages).value_counts()
    accusing = sides[["states", "alleges", "claims"]].sum(axis=1)
    roles = statements.loc[statements["stance"] != "denies", "claimant_role"].value_counts()
    dates = load("events").set_index("event_id")["date"]
    elsewhere = int(told.drop(["fr", "en", "ar"], errors="ignore").sum())
    texts = {
        "civilians_officials_date": in_words(dates["kidal_officials_2014_05_17"]),
        "civilians_statements": str(len(statements)),
        "civilians_sources": str(statements["source_id"].nunique()),
        "civilians_french": str(told.get("fr", 0)),
        "civilians_english": str(told.get("en", 0)),
        "civilians_arabic": str(told.get("ar", 0)),
        "civilians_elsewhere": number_or_none(elsewhere, "sources"),
        **{f"civilians_{side}": str(number) for side, number in accusing.items()},
        **{f"civilians_claimed_{side}": number_or_none(int(sides["claims"][side]), "statements") for side in SIDES},
        **{
            f"civilians_by_{who}": number_or_none(int(roles.get(role, 0)), "statements")
            for who, role in (("states", "state"), ("enemies", "enemy_losses"), ("accused", "own_losses"))
        },
        "civilians_denied": number_or_none(int(sides[["denies", "denied_by_others"]].to_numpy().sum()), "statements"),
        **{
            f"civilians_{act}_{side}": number_or_none(int(acts[side][act]), "statements")
            for act in ACTS
            for side in SIDES
        },
        "civilians_pillage_unseparated": number_or_none(int(acts["unseparated"]["pillage"]), "statements"),
    }
    return numbers(texts, RULE, more=(N_("All of these statements"), "civilian-statements.html#civilians-statements"))
