"""The totals of both sides and of everyone: with their grades, their widest range and their silence."""

import pandas as pd

from azawad_conflict import casualties
from azawad_conflict.counting.counted import between_sides, claims_behind
from azawad_conflict.counting.terms import SERIES, SIDES
from azawad_conflict.edtf_dates import bounds
from azawad_conflict.headline.casualties.rules import ALONE, EVERYONE, GRADED, HARMED, SUM, counted_numbers, ruled
from azawad_conflict.headline.number import Number, numbers
from azawad_conflict.language import N_, NN_, _, said
from azawad_conflict.phases import core_span
from azawad_conflict.tables import load
from azawad_conflict.wording import (
    caution,
    caution_together,
    counted,
    listed,
    number_or_none,
    number_range,
    titles,
    within,
)

HARM = {  # side and outcome: what of it prose quotes beside the range, a voice being its part of the high
    ("mnla", "wounded"): (),
    ("mnla", "captured"): ("incidents", "enemy", "encyclopaedia"),
    ("islamist", "wounded"): ("enemy",),
    ("islamist", "captured"): ("enemy",),
}
GRADES = ("contested", "corroborated", "own_side", "third_party", "official", "enemy", "encyclopaedia")
KINDS = {  # of events that count: one, several
    "battle": NN_("fight", "fights"),
    "bombing": NN_("bombing", "bombings"),
    "killing": NN_("killing of a captive", "killings of captives"),
    "change_of_control": NN_("taking of a town", "takings of towns"),
    "bloodless": NN_("town taken without a death", "towns taken without a death"),
    "arrest": NN_("capture", "captures"),
}


def quoted(
    ranges: pd.DataFrame, core: pd.DataFrame, described: pd.DataFrame, events: pd.DataFrame
) -> dict[str, Number]:
    """Key to Number. ranges : incident_ranges; core : its rows of core_killed; described : described_claims."""
    undenied = core[core["event_id"].ne(casualties.DENIED)]
    texts = {
        "casualties_core_incidents": str(core["event_id"].nunique()),
        "casualties_mnla_side_low_undenied": str(casualties.total(undenied, side="mnla")["low"]),
        "casualties_unreported": counted(int((~ranges["reported"]).sum()), "group of victims", "groups of victims"),
        **_one_origin(core),
        **_kinds(core),
        **_widest(core),
        **_silence(ranges, events),
    }
    return {
        **_totals(core, described),
        **_everyone(ranges, described),
        **_harmed(ranges, described),
        **_grades(core),
        **_alone(core, described),
        **counted_numbers(texts),
    }


def _totals(core, described):
    """The total of each side, and of the volunteers on the MNLA's side, with what it is worth."""
    found = {}
    for name, rows, ends in (
        ("mnla_side", core[core["side"] == "mnla"], ("killed", "best")),
        ("islamist", core[core["side"] == "islamist"], ("killed", "best")),
        ("volunteers", core[core["victim"] == "menaka_volunteers"], ("killed",)),
    ):
        total = casualties.total(rows)
        texts = {"killed": number_range(total), "best": str(total["best"])}
        found |= numbers(
            {f"casualties_{name}_{end}": texts[end] for end in ends},
            f"{ruled(SUM)} {caution(rows)}",
            claims_behind(rows, described),
        )
    return found


def _harmed(ranges, described):
    """The wounded and the captured of each side, and what of their highs single voices make."""
    found = {}
    for (side, outcome), parts in HARM.items():
        reported = ranges["side"].eq(side) & ranges["outcome"].eq(outcome) & ranges["reported"]
        rows = ranges[reported & between_sides(ranges)]
        total = casualties.total(rows)
        counts = rows.groupby("high_voice")["high"].sum().to_dict() | {"incidents": total["incidents"]}
        texts = {"": number_range(total)} | {
            f"_{part}": number_or_none(int(counts.get(part, 0)), "people") for part in parts
        }
        keys = {f"casualties_{side}_{outcome}{end}": words for end, words in texts.items()}
        found |= numbers(keys, HARMED, claims_behind(rows, described))
    return found


def _everyone(ranges, described):
    """Everyone reported killed, of both sides and of no stated side."""
    everyone, killed = casualties.everyone_killed(ranges), casualties.killed_in_fights(ranges)
    rows = killed[killed["side"].isin((*SIDES, "unseparated"))]
    total = everyone[["low", "high"]].sum().to_dict() | {"at_least": bool(everyone["at_least"].any())}
    texts = {
        "casualties_everyone_killed": number_range(total),
        "casualties_everyone_best": str(int(everyone["best"].sum())),
        "casualties_everyone_enemy_best": number_or_none(int(everyone["enemy"].sum()), "dead"),
    }
    return numbers(texts, f"{_(EVERYONE)} {caution_together(everyone)}", claims_behind(rows, described))


def _grades(core):
    grades = core["grade"].value_counts()
    texts = {f"casualties_grade_{grade}": number_or_none(int(grades.get(grade, 0)), "numbers") for grade in GRADES}
    enemy_ends = int((core["high_voice"].eq("enemy") & core["grade"].ne("enemy")).sum())
    texts |= {
        "casualties_core_rows": str(len(core)),
        "casualties_grade_corroborated_disputed": number_or_none(
            int((core["grade"].eq("corroborated") & core["low"].lt(core["lowest"])).sum()), "numbers"
        ),
        "casualties_enemy_high_rows": number_or_none(enemy_ends, "numbers"),
    }
    return numbers(texts, GRADED, more=(N_("Grades, in methods"), "methods.html#grades"))


def _alone(core, described):
    rows = core[core["encyclopaedia_only"]]
    return {
        "casualties_alone_names": Number(
            titles(dict.fromkeys(said(rows["name"]))), ALONE, claims_behind(rows, described)
        )
    }


def _widest(core):
    """The side of an incident whose range is the widest."""
    drawn = (
        core.groupby(["name", "side"], sort=False)
        .agg(low=("low", "sum"), high=("high", "sum"), at_least=("at_least", "any"))
        .reset_index()
    )
    widest = drawn.assign(width=drawn["high"] - drawn["low"]).sort_values("width", ascending=False).iloc[0]
    return {
        "casualties_widest_name": _(widest["name"]),
        "casualties_widest_victim": within(SERIES[widest["side"]]),
        "casualties_widest_range": number_range(widest),
    }


def _kinds(core):
    """The counted events by kind: "11 fights, 3 bombings and 1 killing of a captive", and each."""
    deaths = core["high"].gt(0) | core["at_least"]
    bloodless = core["kind"].eq("change_of_control") & ~deaths.groupby(core["event_id"]).transform("any")
    kinds = core["kind"].mask(bloodless, "bloodless")[~core["event_id"].duplicated()].value_counts()
    strange = set(kinds.index) - set(KINDS)
    if strange:
        raise ValueError(
            f"no word for counted events of kind {listed(sorted(strange))}: give it one in headline/casualties/totals.py, KINDS"
        )
    return {
        "casualties_core_kinds": listed(
            counted(int(kinds[kind]), *words) for kind, words in KINDS.items() if kind in kinds
        ),
        **{
            f"casualties_core_{words[1].replace(' ', '_')}": str(int(kinds.get(kind, 0)))
            for kind, words in KINDS.items()
        },
    }


def _silence(ranges, events):
    """Incidents between both sides, and months of the core phases, without a number of dead."""
    incidents = events[between_sides(events) & events["kind"].isin(KINDS)]
    with_range = casualties.killed_in_fights(ranges[ranges["reported"]])
    first, last, _ = core_span(load("phases"))
    months = pd.period_range(first, last, freq="M")
    with_number = {month for date in with_range["date"] for month in pd.period_range(*bounds(date), freq="M")}
    return {
        "casualties_core_silent": number_or_none(
            int((~incidents["event_id"].isin(with_range["event_id"])).sum()), "incidents"
        ),
        "casualties_window_months": str(len(months)),
        "casualties_silent_months": number_or_none(sum(month not in with_number for month in months), "months"),
    }


def _one_origin(core):
    """Numbers of dead from one origin alone, encyclopaedias apart, and their part of each best."""
    alone = core[core["origins"].eq(1)]
    sums = {side: casualties.total(alone, side=side)["best"] for side in SIDES}
    return {
        "casualties_one_origin_rows": number_or_none(len(alone), "numbers"),
        **{f"casualties_one_origin_{side}_best": number_or_none(int(best), "dead") for side, best in sums.items()},
    }
