"""Rules on claims: the order of their numbers, the reasons beside them, and which claims count."""

import pandas as pd

from azawad_conflict.checks.faults import Fault, row_faults
from azawad_conflict.checks.rules.registry import rule
from azawad_conflict.checks.rules.shared import by_key
from azawad_conflict.counting.counted import is_marked
from azawad_conflict.counting.terms import DOZENS


@rule
def low_best_high(
    casualty_claims: pd.DataFrame, strength_claims: pd.DataFrame, yardsticks: pd.DataFrame
) -> list[Fault]:
    """low <= best <= high, as far as each is stated."""
    faults = []
    for table, claims in _named(
        casualty_claims=casualty_claims, strength_claims=strength_claims, yardsticks=yardsticks
    ):
        for smaller, larger in (("low", "best"), ("best", "high"), ("low", "high")):
            above = claims[claims[smaller].gt(claims[larger]).fillna(False)]
            if (smaller, larger) == ("low", "high"):
                # With a best between them, the pair that is out of order is reported already.
                above = above[above["best"].isna()]
            problem = f"{smaller} {{{smaller}}} is above {larger} {{{larger}}}"
            faults += row_faults(table, above, smaller, problem, "low <= best <= high")
    return faults


@rule
def best_has_low(casualty_claims: pd.DataFrame, strength_claims: pd.DataFrame) -> list[Fault]:
    """A number that a claimant commits to comes with its lowest: no best without a low."""
    faults = []
    for table, claims in _named(casualty_claims=casualty_claims, strength_claims=strength_claims):
        bare = claims[claims["best"].notna() & claims["low"].isna()]
        faults += row_faults(table, bare, "low", "blank beside best {best}", "the lowest number, or the best itself")
    return faults


@rule
def open_end_starts_at_best(
    casualty_claims: pd.DataFrame, strength_claims: pd.DataFrame, yardsticks: pd.DataFrame
) -> list[Fault]:
    """If no highest number is claimed ("at least"), the best is the lowest."""
    faults = []
    for table, claims in _named(
        casualty_claims=casualty_claims, strength_claims=strength_claims, yardsticks=yardsticks
    ):
        above = claims[claims["high"].isna() & claims["best"].ne(claims["low"]).fillna(False)]
        faults += row_faults(
            table, above, "best", "best {best} above low {low} without a high", "a high, or the same number"
        )
    return faults


@rule
def number_or_reason(
    casualty_claims: pd.DataFrame, strength_claims: pd.DataFrame, yardsticks: pd.DataFrame
) -> list[Fault]:
    """A claim that counts has a number, or says why not; 0 is a number."""
    faults = []
    counted = casualty_claims[casualty_claims["counted"].eq("yes").fillna(False)]
    for table, claims in _named(casualty_claims=counted, strength_claims=strength_claims, yardsticks=yardsticks):
        silent = claims[_no_number(claims) & claims["reason"].isna()]
        faults += row_faults(table, silent, "reason", "no number and no reason", "a number, or why there is none")
    return faults


@rule
def not_counted_says_why(casualty_claims: pd.DataFrame) -> list[Fault]:
    """A claim that does not count says why, and a part of what."""
    silent = casualty_claims[
        casualty_claims["counted"].isin(["no", "period", "part"]) & casualty_claims["reason"].isna()
    ]
    return row_faults(
        "casualty_claims", silent, "reason", "blank where counted is {counted}", "why the claim does not count"
    )


@rule
def no_idle_reason(
    casualty_claims: pd.DataFrame, strength_claims: pd.DataFrame, yardsticks: pd.DataFrame
) -> list[Fault]:
    """A reason stands only beside a claim without a number, or one that does not count."""
    faults = []
    counted = casualty_claims[casualty_claims["counted"].eq("yes").fillna(False)]
    for table, claims in _named(casualty_claims=counted, strength_claims=strength_claims, yardsticks=yardsticks):
        idle = claims[~_no_number(claims) & claims["reason"].notna()]
        faults += row_faults(
            table, idle, "reason", "a reason beside a number that counts", "blank, or the text as a note"
        )
    return faults


@rule
def unit_fits_measure(strength_claims: pd.DataFrame) -> list[Fault]:
    """Fighters are people; a share is a percentage of at most 100."""
    units = {"fighters": "people", "share_deserted": "percent"}
    expected = strength_claims["measure"].map(units)
    misfits = strength_claims.assign(fit=expected)[expected.ne(strength_claims["unit"]).fillna(False)]
    faults = row_faults("strength_claims", misfits, "unit", "unit {unit} for {measure}", "{fit}")
    for column in ("low", "best", "high"):
        above = strength_claims["unit"].eq("percent") & strength_claims[column].gt(100)
        rows = strength_claims[above.fillna(False)]
        faults += row_faults("strength_claims", rows, column, f"{{{column}}} per cent", "100 at most")
    return faults


@rule
def periods_never_count(casualty_claims: pd.DataFrame, events: pd.DataFrame) -> list[Fault]:
    """A claim on a period is never counted, and no other claim is marked as of a period."""
    periods = events.loc[events["kind"].eq("period").fillna(False), "event_id"]
    of_period = casualty_claims["event_id"].isin(periods)
    added = casualty_claims[of_period & is_marked(casualty_claims)]
    idle = casualty_claims[~of_period & casualty_claims["counted"].eq("period").fillna(False)]
    return [
        *row_faults("casualty_claims", added, "counted", "counted on the period {event_id}", "period, or no"),
        *row_faults("casualty_claims", idle, "counted", "period, and {event_id} is none", "yes, or no"),
    ]


@rule
def dozens_are_coded(casualty_claims: pd.DataFrame) -> list[Fault]:
    """A number that a source gives in dozens is coded by the printed table, without a best."""
    dozens = casualty_claims[casualty_claims["qualifier"].str.contains("dozen").fillna(False)]
    off = dozens[dozens["low"].ne(DOZENS).fillna(True) | dozens["best"].notna() | dozens["high"].notna()]
    return row_faults(
        "casualty_claims", off, "low", "{qualifier} is not coded by the table", f"low {DOZENS}, best and high blank"
    )


@rule
def encyclopaedia_speaks_for_itself(
    sources: pd.DataFrame,
    casualty_claims: pd.DataFrame,
    strength_claims: pd.DataFrame,
    attribution_claims: pd.DataFrame,
    control_claims: pd.DataFrame,
    event_claims: pd.DataFrame,
) -> list[Fault]:
    """Only an encyclopaedia has the role of one."""
    kinds = by_key(sources, "source_id", "kind")
    faults = []
    for name, claims in _named(
        casualty_claims=casualty_claims,
        strength_claims=strength_claims,
        attribution_claims=attribution_claims,
        control_claims=control_claims,
        event_claims=event_claims,
    ):
        speaks = claims["claimant_role"].eq("encyclopaedia").fillna(False)
        elsewhere = claims[speaks & claims["source_id"].map(kinds).ne("encyclopaedia").fillna(False)]
        faults += row_faults(
            name, elsewhere, "claimant_role", "encyclopaedia, and {source_id} is none", "the role of the claimant"
        )
    return faults


def _named(**tables):
    return tables.items()


def _no_number(claims):
    return claims[["low", "best", "high"]].isna().all(axis=1)
