"""What prose quotes on reconciliation."""

from azawad_conflict import casualties, reconciliation
from azawad_conflict.counting import readings
from azawad_conflict.edtf_dates import year_of
from azawad_conflict.tables import load
from azawad_conflict.wording import listed, number_or_none, number_range


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
    november = claims[
        claims["event_id"].eq("period_november_2012") & claims["victim"].eq("mnla") & claims["outcome"].eq("killed")
    ]
    return {
        "reconciliation_killed_by_year": listed(
            f"{row.infobox} against {row.incidents} ({row.year})" for row in years.itertuples()
        ),
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
        **_periods(claims, events, actors, sources),
        **_carriers(claims, events, actors, sources),
        **_years(claims, events, actors, sources),
        "reconciliation_november_own": str(november.loc[november["claimant_role"] == "own_losses", "best"].max()),
        "reconciliation_november_enemy": str(november.loc[november["claimant_role"] == "enemy_losses", "low"].max()),
        **{f"reconciliation_{key}": str(best) for key, best in yardsticks["best"].dropna().items()},
        "reconciliation_ucdp_sided": str(yardsticks.loc["ucdp_2012_mnla_islamist", "deaths_known_side"]),
        "reconciliation_ucdp_unsided": str(yardsticks.loc["ucdp_2012_mnla_islamist", "deaths_unknown_side"]),
        "reconciliation_yardsticks": str(len(yardsticks)),
    }


def _periods(claims, events, actors, sources):
    """Claims on several fights at once, and how they fit; those of November 2012 by number."""
    core = casualties.core_killed(casualties.incident_ranges(claims, events, actors, sources))
    checks = reconciliation.period_checks(claims, core, events, actors)
    november = checks[checks["event_id"] == "period_november_2012"]
    sums = {series: rows.iloc[0] for series, rows in november.groupby("series")}
    own = november[november["claimant_role"] == "own_losses"].set_index("series")["best"]
    words = {
        series: number_range({"low": row["sum_low"], "high": row["sum_high"], "at_least": row["sum_at_least"]})
        for series, row in sums.items()
    }
    mnla, islamist = casualties.SERIES["mnla"], casualties.SERIES["islamist"]
    return {
        "reconciliation_periods": str(len(checks)),
        "reconciliation_periods_apart": number_or_none(int((~checks["inside"]).sum())),
        "reconciliation_november_mnla_sum": words[mnla],
        "reconciliation_november_islamist_sum": words[islamist],
        "reconciliation_november_mujao_own": str(own[islamist]),
    }


def _carriers(claims, events, actors, sources):
    """Whose absence would move the totals most: the origin, and how many origins and sources move one at all."""
    found = {}
    for name, column in (("origin", "origin"), ("source", "source_id")):
        moved = readings.left_out(column, claims, events, actors, sources)
        found |= {
            f"reconciliation_left_out_{name}s": str(moved["what"].nunique()),
            f"reconciliation_{name}s": str(claims[column].nunique()),
        }
        for side in casualties.SIDES:
            first = moved[moved["side"] == side].iloc[0]
            found |= {
                f"reconciliation_left_out_{name}_{side}_best": str(first["best"]),
                f"reconciliation_left_out_{name}_{side}_change": f"{abs(first['best_change']):,}",
            }
            if name == "origin":
                found[f"reconciliation_left_out_{name}_{side}"] = first["what"]
                rest = casualties.core_killed(
                    casualties.incident_ranges(claims[claims["origin"] != first["what"]], events, actors, sources)
                )
                voices = casualties.by_voice(rest, ["series"]).set_index(["series", "voice"])["best"]
                found[f"reconciliation_left_out_{name}_{side}_encyclopaedia"] = number_or_none(
                    int(voices.get((casualties.SERIES[side], "encyclopaedia"), 0))
                )
            else:
                widest = moved[moved["side"] == side].sort_values("high_change", kind="stable").iloc[0]
                found[f"reconciliation_left_out_{name}_{side}_high"] = f"{widest['high']:,}"
    return found


def _years(claims, events, actors, sources):
    """Everyone reported killed in fights between both sides, by the best numbers, year by year, as UCDP counts them."""
    everyone = casualties.everyone_killed(casualties.incident_ranges(claims, events, actors, sources))
    years = everyone.groupby(everyone["date"].map(year_of))["best"].sum()
    return {f"reconciliation_everyone_{year}_best": str(int(best)) for year, best in years.items()}
