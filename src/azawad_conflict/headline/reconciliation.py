"""What prose quotes on reconciliation."""

from azawad_conflict import casualties, reconciliation
from azawad_conflict.counting import readings
from azawad_conflict.counting.counted import claims_behind, described_claims
from azawad_conflict.counting.terms import BASE_ARTICLE
from azawad_conflict.edtf_dates import year_of
from azawad_conflict.headline.crosswalk import beside_ucdp
from azawad_conflict.headline.number import Number, claims_on, numbers
from azawad_conflict.language import N_, _, number, said
from azawad_conflict.tables import load
from azawad_conflict.wording import listed, number_or_none, number_range, titles

INFOBOX = N_("The totals by year in the base article's infobox.")
TEXT = N_("What the incidents of the base article's own text add up to on the MNLA's side.")
GAP = N_(
    "For each year the total of the base article's infobox, beside the sum of the incidents of the same article; "
    "the difference is never spread over incidents."
)
BY_STAND = N_("Claims on the same dead, by where their claimants stand.")
PUBLISHED = N_("A published total, compared and never added; its scope stands beside it.")
PERIODS = N_("Claims on several fights at once, beside the sum of the incidents that they cover.")
NOVEMBER = N_("Claims on several fights at once, which are never added to incidents.")
LEFT = N_("The totals counted again without the claims of one origin, or of one source.")
WHO = (N_("Who says it, in methods"), "methods.html#who-says-it")


def quoted() -> dict[str, Number]:
    """Key to Number, for the notebook on reconciliation."""
    tables = [load(name) for name in ("casualty_claims", "events", "actors", "sources")]
    return (
        _article(*tables)
        | _stands(*tables)
        | _periods(*tables)
        | numbers(
            _carriers(*tables), LEFT, more=(N_("Evidence left out, in methods"), "methods.html#evidence-left-out")
        )
        | numbers(_years(*tables), BY_STAND, more=WHO)
        | _yardsticks()
        | beside_ucdp()
    )


def _article(claims, events, actors, sources):
    """The base article against itself: its infobox, and its own incidents."""
    against = casualties.infobox_against_incidents(claims, events, actors, sources)
    years = against[against["outcome"] == "killed"]
    by_year = listed(
        _("{infobox} against {incidents} ({year})").format(infobox=row.infobox, incidents=row.incidents, year=row.year)
        for row in years.itertuples()
    )
    more = (N_("The article against itself, in methods"), "methods.html#the-article-against-itself")
    found = {"reconciliation_killed_by_year": Number(by_year, GAP, more=more)}
    article = claims[claims["source_id"] == BASE_ARTICLE]
    periods = article[
        article["event_id"].isin(events.loc[events["kind"] == "period", "event_id"]) & article["victim"].eq("mnla")
    ]
    told, described = (
        make(article, events, actors, sources) for make in (casualties.incident_ranges, described_claims)
    )
    harmed = casualties.mnla_harmed(told)
    for outcome in ("killed", "wounded", "captured"):
        sums = against.loc[against["outcome"] == outcome, ["infobox", "incidents"]].sum()
        found[f"reconciliation_infobox_{outcome}"] = Number(
            str(sums["infobox"]), INFOBOX, tuple(periods.loc[periods["outcome"] == outcome, "claim_id"])
        )
        found[f"reconciliation_text_{outcome}"] = Number(
            number_or_none(sums["incidents"], "people"),
            TEXT,
            claims_behind(harmed[harmed["outcome"] == outcome], described),
        )
    return found


def _stands(claims, events, actors, sources):
    """What both parties to a fight say of the same dead, and what the enemy alone says."""
    by_stand = reconciliation.ranges_by_stand(claims, events, actors, sources)
    own, enemy = (by_stand[by_stand["stand"] == reconciliation.STANDS[role]] for role in ("own_losses", "enemy_losses"))
    both = own.merge(enemy, on=["event_id", "group"], suffixes=("_own", "_enemy"))
    texts = {
        "reconciliation_both_count": str(len(both)),
        "reconciliation_own_sum": str(int(both["high_own"].sum())),
        "reconciliation_enemy_sum": str(int(both["high_enemy"].sum())),
        "reconciliation_both_names": titles(dict.fromkeys(said(both["name_own"]))),
        "reconciliation_only_enemy": str(len(reconciliation.enemy_alone(by_stand))),
        "reconciliation_enemy_higher": str(int((both["high_enemy"] > both["high_own"]).sum())),
    }
    return numbers(texts, BY_STAND, more=WHO)


def _yardsticks():
    """What UCDP counts between the MNLA and Islamist groups."""
    rows = load("yardsticks").set_index("yardstick_id")
    texts = {
        "reconciliation_ucdp_2012_mnla_islamist": str(rows.loc["ucdp_2012_mnla_islamist", "best"]),
        "reconciliation_ucdp_2014_mnla_islamist": str(rows.loc["ucdp_2014_mnla_islamist", "best"]),
        "reconciliation_ucdp_sided": str(rows.loc["ucdp_2012_mnla_islamist", "deaths_known_side"]),
        "reconciliation_ucdp_unsided": str(rows.loc["ucdp_2012_mnla_islamist", "deaths_unknown_side"]),
    }
    return numbers(texts, PUBLISHED)


def _periods(claims, events, actors, sources):
    """Claims on several fights at once, and how they fit; those of November 2012 by number."""
    core = casualties.core_killed(casualties.incident_ranges(claims, events, actors, sources))
    checks = reconciliation.period_checks(claims, core, events, actors)
    november = checks[checks["event_id"] == "period_november_2012"]
    sums = {side: rows.iloc[0] for side, rows in november.groupby("side")}
    own = november[november["claimant_role"] == "own_losses"].set_index("side")["best"]
    words = {
        side: number_range({"low": row["sum_low"], "high": row["sum_high"], "at_least": row["sum_at_least"]})
        for side, row in sums.items()
    }
    said = claims[
        claims["event_id"].eq("period_november_2012") & claims["victim"].eq("mnla") & claims["outcome"].eq("killed")
    ]
    counts = {
        "reconciliation_periods": str(len(checks)),
        "reconciliation_periods_apart": number_or_none(int((~checks["inside"]).sum()), "claims"),
        "reconciliation_periods_open": number_or_none(
            int((checks["inside"] & checks["low"].gt(checks["sum_high"])).sum()), "claims"
        ),
    }
    of_november = {
        "reconciliation_november_own": str(said.loc[said["claimant_role"] == "own_losses", "best"].max()),
        "reconciliation_november_enemy": str(said.loc[said["claimant_role"] == "enemy_losses", "low"].max()),
        "reconciliation_november_mnla_sum": words["mnla"],
        "reconciliation_november_islamist_sum": words["islamist"],
        "reconciliation_november_mujao_own": str(own["islamist"]),
    }
    return numbers(counts, PERIODS) | numbers(of_november, NOVEMBER, more=claims_on("period_november_2012"))


def _carriers(claims, events, actors, sources):
    """The absences that move the totals most, and how many origins and sources move any total."""
    moved = {
        name: readings.left_out(column, claims, events, actors, sources)
        for name, column in (("origin", "origin"), ("source", "source_id"))
    }
    deciding = readings.entering(claims, events, actors, sources).dropna(subset="low")
    found = {
        "reconciliation_origins": str(deciding["origin"].nunique()),
        "reconciliation_sources": str(deciding["source_id"].nunique()),
        **{f"reconciliation_left_out_{name}s": str(rows["what"].nunique()) for name, rows in moved.items()},
    }
    first = {side: rows.iloc[0] for side, rows in moved["origin"].groupby("side")}
    for side in casualties.SIDES:
        found |= {
            f"reconciliation_left_out_origin_{side}": first[side]["what"],
            f"reconciliation_left_out_origin_{side}_best": str(first[side]["best"]),
            f"reconciliation_left_out_origin_{side}_change": number(abs(first[side]["best_change"])),
        }
    rest = claims[claims["origin"] != first["islamist"]["what"]]
    core = casualties.core_killed(casualties.incident_ranges(rest, events, actors, sources))
    alone = core[core["side"].eq("islamist") & core["best_voice"].eq("encyclopaedia")]
    on_mnla = moved["origin"][moved["origin"]["side"] == "mnla"]
    widest = on_mnla.sort_values("high_change", kind="stable").iloc[0]
    return found | {
        "reconciliation_left_out_origin_islamist_encyclopaedia": number_or_none(int(alone["best"].sum()), "dead"),
        "reconciliation_left_out_high_mnla": widest["what"],
        "reconciliation_left_out_high_mnla_high": number(widest["high"]),
    }


def _years(claims, events, actors, sources):
    """Everyone reported killed between both sides by year, best numbers, as UCDP counts them."""
    everyone = casualties.everyone_killed(casualties.incident_ranges(claims, events, actors, sources))
    years = everyone.groupby(everyone["date"].map(year_of))["best"].sum()
    return {f"reconciliation_everyone_{year}_best": str(int(best)) for year, best in years.items()}
