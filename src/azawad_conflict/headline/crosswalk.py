"""What prose quotes on the schemes of others: columns and rows in them, and events beside UCDP's. Its keys are reconciliation's."""

from azawad_conflict.exchange import compare
from azawad_conflict.exchange.crosswalk import acled, ged
from azawad_conflict.exchange.crosswalk.scheme import TABLES, columns_of
from azawad_conflict.headline.number import Number, numbers
from azawad_conflict.language import N_
from azawad_conflict.tables import load
from azawad_conflict.wording import number_or_none

COLUMNS = N_("The columns of the scheme's codebook, as the crosswalk lists them.")
ROWS = N_("Incidents with a number of killed, in the columns of UCDP; events of a day and a place, in those of ACLED.")
MATCHED = N_("Incidents and records of UCDP, joined by sides, days and place.")
BETWEEN = f"{compare.SIDES['mnla']} – {compare.SIDES['islamist']}"


def beside_ucdp() -> dict[str, Number]:
    """Key to Number, for the page on the crosswalk."""
    tables = {name: load(name) for name in TABLES}
    events = tables["events"]
    incidents, rows = ged.rows(*tables.values()), acled.rows(*tables.values())
    table = compare.beside(incidents, *map(load, compare.TABLES))
    return (
        numbers(_columns(tables["crosswalk"]), COLUMNS)
        | numbers(_rows(incidents, rows, acled.left_out(events)), ROWS)
        | numbers(_matched(table, load("ucdp_records")), MATCHED)
    )


def _columns(crosswalk):
    found = {}
    for key, scheme in (("ged", "ucdp_ged"), ("acled", "acled")):
        columns = columns_of(crosswalk, scheme)
        found[f"reconciliation_{key}_columns"] = str(len(columns))
        found[f"reconciliation_{key}_blank"] = str(int(columns["kept"].eq("none").sum()))
    return found


def _rows(incidents, rows, left):
    """How many rows there are, and how much of them is known to UCDP."""
    several = incidents["high"].gt(incidents["low"])
    return {
        "reconciliation_ged_rows": str(len(incidents)),
        "reconciliation_ged_ranges": str(int(several.sum())),
        "reconciliation_ged_dyads": str(int(incidents["dyad_new_id"].notna().sum())),
        "reconciliation_ged_unknown": str(int(incidents["deaths_unknown"].gt(0).sum())),
        "reconciliation_acled_rows": str(len(rows)),
        "reconciliation_acled_events": str(rows["event_id_cnty"].str.rpartition("-")[0].nunique()),
        "reconciliation_acled_without": str(int(rows["fatalities"].eq(0).sum())),
        "reconciliation_acled_out": str(len(left)),
    }


def _matched(table, records):
    """Which events each has: between the MNLA and Islamist groups, and in all."""
    sums = compare.agreement(table)
    whole, between = sums.drop(columns="sides").sum(), sums.set_index("sides").loc[BETWEEN]
    ours = table[table["sides"].eq(BETWEEN)]
    alone = ours[ours["match"].eq("ours")].groupby("reason")["events"].apply(lambda ids: sum(map(len, ids)))
    apart = table.loc[table["match"].eq("both"), "days_apart"].astype("Int64")
    return {
        "reconciliation_beside_near_days": str(compare.NEAR_DAYS),
        "reconciliation_beside_near_km": str(compare.NEAR_KM),
        "reconciliation_beside_widest": str(compare.WIDEST),
        "reconciliation_beside_records": str(len(records)),
        "reconciliation_beside_records_numbered": str(int(records["ged_id"].notna().sum())),
        "reconciliation_beside_records_joined": str(whole["records_joined"]),
        "reconciliation_beside_incidents": str(whole["incidents"]),
        "reconciliation_beside_incidents_joined": str(whole["incidents_joined"]),
        "reconciliation_beside_groups": str(whole["groups"]),
        "reconciliation_beside_inside": str(whole["inside"]),
        "reconciliation_beside_days_apart": number_or_none(int(apart.gt(0).sum()), "groups"),
        "reconciliation_beside_days_of_dyad": str(int(apart.isna().sum())),
        "reconciliation_beside_core_incidents": str(between["incidents"]),
        "reconciliation_beside_core_joined": str(between["incidents_joined"]),
        "reconciliation_beside_core_records": str(between["records"]),
        "reconciliation_beside_core_records_joined": str(between["records_joined"]),
        "reconciliation_beside_core_unreleased": str(int(alone.get("no_pair", 0))),
        "reconciliation_beside_core_open": str(int(alone.get("year_only", 0))),
    }
