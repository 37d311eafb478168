"""Violence against civilians: what is said, by whom, of whom. Only statements are counted."""

import pandas as pd

from azawad_conflict.language import WordsByKey

# Who is accused, for the tables: the side of the actor, in words.
ACCUSED = WordsByKey(
    {
        "mnla": "MNLA",
        "islamist": "Islamist armed groups",
        "unseparated": "Several groups, not told apart",
        "other": "Others, or nobody named",
    }
)


def abuse_statements(
    abuse_claims: pd.DataFrame, actors: pd.DataFrame, places: pd.DataFrame, events: pd.DataFrame
) -> pd.DataFrame:
    """One row per statement on violence against civilians, in order of date.

    Returns the columns of abuse_claims and place_name (the area where no place is named),
    accused_name, accused_side (a key of ACCUSED) and event_name. Unit of low, best and high:
    people.
    """
    short, side = (actors.set_index("actor_id")[column] for column in ("short_name", "side"))
    sides = abuse_claims["accused"].map(side)
    return abuse_claims.assign(
        place_name=abuse_claims["place_id"].map(places.set_index("place_id")["name"]).fillna(abuse_claims["area"]),
        accused_name=abuse_claims["accused"].map(short),
        accused_side=sides.where(sides.isin(ACCUSED), "other"),
        event_name=abuse_claims["event_id"].map(events.set_index("event_id")["name"]),
    ).sort_values(["date", "claim_id"], ignore_index=True)


def by_act(statements: pd.DataFrame) -> pd.DataFrame:
    """One row per act, the most told of first: statements that lay it to each of ACCUSED, sources.

    statements : abuse_statements; those that deny are left out.
    Returns columns act, the keys of ACCUSED, statements, sources. Unit: statements.
    """
    said = statements[statements["stance"] != "denies"]
    table = pd.crosstab(said["act"], said["accused_side"]).reindex(columns=list(ACCUSED), fill_value=0)
    table = table.assign(statements=table.sum(axis=1), sources=said.groupby("act")["source_id"].nunique())
    return table.sort_values(["statements"], ascending=False, kind="stable").reset_index().rename_axis(columns=None)


def by_stance(statements: pd.DataFrame) -> pd.DataFrame:
    """One row per key of ACCUSED: statements by stance, and those with a number of people.

    Returns columns accused_side, states, alleges, claims, denies (of the accused), denied_by_others, with_number. Unit: statements.
    """
    by_others = statements["stance"].eq("denies") & statements["claimant_role"].ne("own_losses")
    stances = statements["stance"].mask(by_others, "denied_by_others")
    table = pd.crosstab(statements["accused_side"], stances).reindex(
        index=list(ACCUSED), columns=["states", "alleges", "claims", "denies", "denied_by_others"], fill_value=0
    )
    numbers = statements[statements["low"].notna()].groupby("accused_side").size()
    return table.assign(with_number=numbers.reindex(table.index, fill_value=0)).reset_index().rename_axis(columns=None)
