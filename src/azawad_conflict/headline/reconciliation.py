"""What prose quotes on reconciliation."""

from azawad_conflict import casualties, reconciliation
from azawad_conflict.tables import load
from azawad_conflict.wording import listed, number_or_none


def numbers():
    """Key to text, for the notebook on reconciliation."""
    claims, events, actors, sources = (load(name) for name in ("casualty_claims", "events", "actors", "sources"))
    yardsticks = load("yardsticks").set_index("yardstick_id")
    against = casualties.infobox_against_incidents(claims, events, actors, sources)
    by_outcome = against.groupby("outcome")[["infobox", "incidents", "residual"]].sum()
    by_outcome = by_outcome.reindex(["killed", "wounded", "captured"], fill_value=0)
    years = against[against["outcome"] == "killed"]
    by_stand = reconciliation.ranges_by_stand(claims, events, actors, sources)
    rival = reconciliation.most_rival(by_stand)
    enemy = by_stand[by_stand["stand"] == reconciliation.STANDS["enemy_losses"]]
    own = by_stand[by_stand["stand"] == reconciliation.STANDS["own_losses"]]
    both = own.merge(enemy, on=["event_id", "group"], suffixes=("_own", "_enemy"))
    enemy_alone = reconciliation.enemy_alone(by_stand)
    november = claims[claims["event_id"].eq("period_november_2012") & claims["victim"].eq("mnla") & claims["outcome"].eq("killed")]
    return {
        "reconciliation_killed_by_year": listed(f"{row.infobox} against {row.incidents} ({row.year})" for row in years.itertuples()),
        **{f"reconciliation_infobox_{outcome}": str(row.infobox) for outcome, row in by_outcome.iterrows()},
        **{f"reconciliation_text_{outcome}": number_or_none(row.incidents) for outcome, row in by_outcome.iterrows()},
        **{f"reconciliation_residual_{outcome}": str(row.residual) for outcome, row in by_outcome.iterrows()},
        "reconciliation_widest_name": rival.iloc[0]["name"],
        "reconciliation_rival_count": str(len(rival)),
        "reconciliation_both_count": str(len(both)),
        "reconciliation_own_sum": str(int(both["high_own"].sum())),
        "reconciliation_enemy_sum": str(int(both["high_enemy"].sum())),
        "reconciliation_both_names": listed(dict.fromkeys(both["name_own"])),
        "reconciliation_only_enemy": str(len(enemy_alone)),
        "reconciliation_enemy_higher": str(int((both["high_enemy"] > both["high_own"]).sum())),
        "reconciliation_november_own": str(november.loc[november["claimant_role"] == "own_losses", "best"].max()),
        "reconciliation_november_enemy": str(november.loc[november["claimant_role"] == "enemy_losses", "low"].max()),
        **{f"reconciliation_{key}": str(best) for key, best in yardsticks["best"].dropna().items()},
        "reconciliation_ucdp_sided": str(yardsticks.loc["ucdp_2012_mnla_islamist", "deaths_known_side"]),
        "reconciliation_ucdp_unsided": str(yardsticks.loc["ucdp_2012_mnla_islamist", "deaths_unknown_side"]),
        "reconciliation_yardsticks": str(len(yardsticks)),
    }
