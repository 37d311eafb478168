"""What prose quotes on casualties."""

import pandas as pd

from azawad_conflict import casualties
from azawad_conflict.counting import readings
from azawad_conflict.counting.counted import between_sides, claims_behind, decided_by, described_claims
from azawad_conflict.counting.terms import BASE_ARTICLE, BOMBER, DOZENS, SERIES, SIDES
from azawad_conflict.counting.weight import chosen
from azawad_conflict.edtf_dates import bounds, in_words
from azawad_conflict.evidence import coding
from azawad_conflict.headline.number import Number, claims_on, numbers
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

SUM = N_(
    "The sum over the incidents between both sides: of the lows, of the bests, of the highs. In each incident the range spans the claims "
    "that count, and best is the number of {whose}."
)
ONE = N_("Of the claims that count, the range spans all, and best is the number of {whose}.")
TOLD = N_(
    "Of the claims that count, the range spans all, and best is the number of {whose}. Only the base article's claims."
)
EVERYONE = N_(
    "The sum over the incidents between both sides of everyone reported killed, whichever side. Where claims do not separate the sides, "
    "their best decides; elsewhere the sides are added. A low that is none because it is disputed whose the dead were does not enter."
)
ALONE = N_("Numbers of dead that encyclopaedia pages alone carry, in fights between both sides.")
TWICE = N_(
    "Dead whose side is disputed, and whom the best number of either side has. Of both best numbers of an incident the smaller."
)
GRADED = N_("The numbers of dead behind the totals, by grade. A grade is computed from who gives a number.")
VOICED = N_(
    "The part of the total that one voice makes. In each incident the best number, and each end of the range, "
    "belongs to the voice of the claimant who gives it."
)
READ = N_(
    "The totals counted again, by the same rule, from the claims of some voices alone. "
    "Incidents on which none of them gives a number add nothing."
)
HARMED = N_(
    "The sum over the incidents between both sides in which somebody gives a number of wounded, or of captured; and the part of its high "
    "that one voice makes."
)
DATED = N_("The date that the sources of the event give, as exact as they are.")
COUNTED = N_("Counted from the claims on casualties.")

SAID = {  # single claims that prose quotes, each with its rule
    "gao_hospital": ("gao_2012_06_27_mujao_killed_afp_gao27", N_("What the hospital of Gao says of MUJAO's dead.")),
    "gao_mnla_admits": ("gao_2012_06_27_mnla_killed_afp_en35", N_("What the MNLA says of its own dead.")),
    "gao_seen": ("gao_2012_06_27_mnla_killed_afp_gao27", N_("Dead of the MNLA whom a journalist saw at Gao.")),
    "kidal_mia_admits": ("kidal_2013_02_mia_killed_libe_k26", N_("What the leader of the MIA says of its own dead.")),
    "menaka_mujao": (
        "menaka_2012_11_mnla_killed_hadal_nov",
        N_("What a spokesman of MUJAO says of the MNLA's dead at Ménaka, after a blog."),
    ),
    "ansongo_road_mujao": (
        "gao_2012_11_16_mnla_killed_hadal_nov",
        N_("What a spokesman of MUJAO says of the MNLA's dead on the Ansongo road, after a blog."),
    ),
    "kidal_mia_press": ("kidal_2013_02_mia_killed_djazairnews_k26", N_("What a newspaper says of the MIA's dead.")),
}
INCIDENTS = (  # event, victims and outcome of each range that prose or the table of changes quotes
    ("aguelhok_2012_01_24", "malian_army", "killed"),
    ("gao_2012_06_27", "mnla", "killed"),
    ("gao_2012_06_27", "mnla", "wounded"),
    ("gao_2012_06_27", "unseparated", "killed"),
    ("gao_2012_11_16", "islamist_groups", "killed"),
    ("gao_2012_11_16", "mnla", "killed"),
    ("in_arab_2013_03", "mnla", "killed"),
    ("in_arab_2013_03", "signatories_in_blood", "killed"),
    ("in_khalil_2013_02_22", "mnla", "killed"),
    ("kidal_2012_06_07", "mnla", "killed"),
    ("kidal_2013_02", "mnla", "killed"),
    ("kidal_airport_2013_11_28", "civilians", "killed"),
    ("menaka_2012_11", "islamist_groups", "killed"),
    ("menaka_2012_11", "mnla", "killed"),
    ("merchants_2014_02", "tuareg_merchants", "killed"),
    ("reprisal_2014_02", "mnla", "killed"),
    ("teghboubinene_2013_03_29", "islamist_groups", "killed"),
    ("teghboubinene_2013_03_29", "mnla", "killed"),
    ("tidambawen_2014_02_10", "mnla", "killed"),
    ("tin_hama_2013_11", "fulani_civilians", "killed"),
)
TOLD_INCIDENTS = (  # the same of the base article's claims alone
    ("aguelhok_2012_01_24", "malian_army", "killed"),
    ("gao_2012_06_27", "mnla", "killed"),
    ("merchants_2014_02", "tuareg_merchants", "killed"),
)
DATES = (
    "gao_2012_06_27",
    "gao_2012_11_16",
    "in_arab_2013_03",
    "kidal_2013_02",
    "kidal_2013_02_21",
    "timbuktu_2012_06_13",
)
HARM = {  # side and outcome: what of it prose quotes beside the range, a voice being its part of the high
    ("mnla", "wounded"): (),
    ("mnla", "captured"): ("incidents", "enemy", "encyclopaedia"),
    ("islamist", "wounded"): ("enemy",),
    ("islamist", "captured"): ("enemy",),
}
# Side, voice and end of the parts that prose quotes.
VOICES = (("islamist", "enemy", "best"), ("mnla", "enemy", "high"))
GRADES = ("contested", "corroborated", "own_side", "third_party", "official", "enemy", "encyclopaedia")
READINGS = {  # reading and side: what of it prose quotes
    ("all", "islamist"): ("incidents",),
    ("by_enemies", "islamist"): ("killed",),
    ("by_enemies", "mnla"): ("killed", "incidents"),
    ("by_mnla", "islamist"): ("killed",),
    ("by_mnla", "mnla"): ("killed",),
    ("no_enemy", "islamist"): ("killed", "best", "incidents"),
    ("no_enemy", "mnla"): ("killed",),
    ("outside", "islamist"): ("killed",),
    ("outside", "mnla"): ("killed",),
    ("own_dead", "mnla"): ("killed",),
}
KINDS = {  # of events that count: one, several
    "battle": NN_("fight", "fights"),
    "bombing": NN_("bombing", "bombings"),
    "killing": NN_("killing of a captive", "killings of captives"),
    "change_of_control": NN_("taking of a town", "takings of towns"),
    "bloodless": NN_("town taken without a death", "towns taken without a death"),
    "arrest": NN_("capture", "captures"),
}


def quoted() -> dict[str, Number]:
    """Key to Number, for the notebook on casualties."""
    tables = [load(name) for name in ("casualty_claims", "events", "actors", "sources")]
    claims, events = tables[:2]
    ranges, described = casualties.incident_ranges(*tables), described_claims(*tables)
    core = casualties.core_killed(ranges)
    dates = events.set_index("event_id")["date"]
    by_id = claims.set_index("claim_id")
    return {
        **_totals(core, described),
        **_everyone(ranges, described),
        **_incidents("", INCIDENTS, _ruled(ONE), ranges, described),
        **_told(*tables),
        **{
            f"casualties_{key}": Number(number_range(by_id.loc[claim]), rule, (claim,))
            for key, (claim, rule) in SAID.items()
        },
        **_harmed(ranges, described),
        **_twice(core, described),
        **{f"casualties_{event}_date": Number(in_words(dates[event]), DATED, more=claims_on(event)) for event in DATES},
        **_grades(core),
        **_alone(core, described),
        "casualties_whose_decides": Number(_(chosen().whose), rule=""),
        "casualties_among_equals": Number(_(chosen().more), rule=""),
        **_voices(core, described),
        **_readings(*tables),
        "casualties_dozens": Number(
            str(DOZENS),
            N_("The printed table for vague words."),
            more=(N_("Vague words, in methods"), "methods.html#vague-words"),
        ),
        **_counted(
            {
                "casualties_coded_counted_percent": coding.from_pages("casualty_claims", "counted"),
                "casualties_coded_counted_kappa": coding.from_pages("casualty_claims", "counted", "kappa", 2),
                "casualties_coded_found_percent": coding.from_pages("sources", "casualty_claims"),
                "casualties_core_incidents": str(core["event_id"].nunique()),
                "casualties_unreported": counted(
                    int((~ranges["reported"]).sum()), "group of victims", "groups of victims"
                ),
                "casualties_informants": number_range(claims[claims["event_id"] == "period_informants_2014"].iloc[0]),
                **_one_origin(core),
                **_kinds(core),
                **_widest(core),
                **_silence(ranges, events),
            }
        ),
    }


def _ruled(rule):
    return _(rule).format(whose=_(chosen().whose))


def _counted(texts):
    return numbers(texts, COUNTED, more=(N_("All claims on people killed"), "explorer.html#claims?outcome=killed"))


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
            f"{_ruled(SUM)} {caution(rows)}",
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


def _twice(core, described):
    """Dead whose side is disputed and who stand in the best number of both, and the incidents with them."""
    disputed = core[core["low"].eq(0) & core["lowest"].gt(0)]
    bests = disputed.pivot_table(index="event_id", columns="side", values="best", aggfunc="sum").reindex(columns=SIDES)
    both = bests.dropna().min(axis=1)
    rows = disputed[disputed["event_id"].isin(both.index)]
    texts = {
        "casualties_in_both_bests": number_or_none(int(both.sum()), "dead"),
        "casualties_in_both_bests_names": titles(dict.fromkeys(said(rows["name"]))),
    }
    return numbers(texts, TWICE, claims_behind(rows, described))


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


def _incidents(prefix, incidents, rule, ranges, described):
    """The ranges of some incidents, victims and outcomes. Raises KeyError if one has no claim."""
    by_key = ranges.set_index(["event_id", "victim", "outcome"], drop=False).sort_index()
    found = {}
    for key in incidents:
        rows = by_key.loc[[key]].reset_index(drop=True)
        text = number_range(rows.iloc[0].to_dict())
        found[f"casualties_{prefix}{'_'.join(key)}"] = Number(text, rule, claims_behind(rows, described))
    return found


def _told(claims, events, actors, sources):
    """What the base article alone tells."""
    article = claims[claims["source_id"] == BASE_ARTICLE]
    told, described = (
        make(article, events, actors, sources) for make in (casualties.incident_ranges, described_claims)
    )
    incidents = casualties.core_killed(told)["event_id"].nunique()
    return _incidents("told_", TOLD_INCIDENTS, _ruled(TOLD), told, described) | _counted(
        {"casualties_told_incidents": str(incidents)}
    )


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
            f"no word for counted events of kind {listed(sorted(strange))}: give it one in headline/casualties.py, KINDS"
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


def _voices(core, described):
    """The part of one voice in a side's low, best or high, with the claims that make it."""
    found = {}
    for side, voice, end in VOICES:
        rows = core[core["side"].eq(side) & core[f"{end}_voice"].eq(voice)]
        deciding = decided_by(rows, described)
        found[f"casualties_voice_{side}_{voice}_{end}"] = Number(
            number_or_none(int(rows[end].sum()), "dead"),
            VOICED,
            tuple(deciding.loc[deciding["voice"] == voice, "claim_id"]),
            (N_("Who says it, in methods"), "methods.html#who-says-it"),
        )
    return found


def _readings(claims, events, actors, sources):
    """Totals of each side in named readings, and the suicide bombers in that without enemies."""
    found = {}
    for reading, kept, core in readings.counted(load("readings"), claims, events, actors, sources):
        described = described_claims(kept, events, actors, sources)
        for side in SIDES:
            rows = core[core["side"] == side]
            total = casualties.total(rows)
            texts = {
                "killed": number_range(total),
                "best": str(total["best"]) if total["reported"] else _("no number"),
                "incidents": number_or_none(total["incidents"], "incidents"),
            }
            found |= numbers(
                {
                    f"casualties_reading_{reading.reading_id}_{side}_{name}": texts[name]
                    for name in READINGS.get((reading.reading_id, side), ())
                },
                READ,
                claims_behind(rows, described),
                (N_("Named readings, in methods"), "methods.html#named-readings"),
            )
        if reading.reading_id == readings.NO_ENEMY:
            found |= _bombers(core, kept, events, actors, sources)
    return found


def _bombers(core, kept, events, actors, sources):
    """How many suicide bombers are in the best number of Islamist dead of a reading."""
    others = kept[~kept["qualifier"].fillna("").str.contains(BOMBER)]
    without = casualties.core_killed(casualties.incident_ranges(others, events, actors, sources))
    best, rest = (casualties.total(rows, side="islamist")["best"] for rows in (core, without))
    return _counted({f"casualties_bombers_{readings.NO_ENEMY}": number_or_none(int(best - rest), "dead")})
