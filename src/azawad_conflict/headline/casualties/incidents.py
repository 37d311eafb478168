"""Single incidents, their dates, and single claims on them."""

import pandas as pd

from azawad_conflict import casualties
from azawad_conflict.counting.counted import claims_behind, described_claims
from azawad_conflict.counting.terms import BASE_ARTICLE, SIDES
from azawad_conflict.edtf_dates import in_words
from azawad_conflict.headline.casualties.rules import DATED, ONE, TOLD, TWICE, counted_numbers, ruled
from azawad_conflict.headline.number import Number, claims_on, numbers
from azawad_conflict.language import N_, said
from azawad_conflict.wording import number_or_none, number_range, titles

SAID = {  # single claims that prose quotes, each with its rule
    "gao_hospital": ("gao_2012_06_27_mujao_killed_afp_gao27", N_("What the hospital of Gao says of MUJAO's dead.")),
    "gao_mnla_admits": ("gao_2012_06_27_mnla_killed_afp_en35", N_("What the MNLA says of its own dead.")),
    "gao_seen": ("gao_2012_06_27_mnla_killed_afp_gao27", N_("Dead of the MNLA whom a journalist saw at Gao.")),
    "kidal_mia_admits": ("kidal_2013_02_mia_killed_libe_k26", N_("What the leader of the MIA says of its own dead.")),
    "menaka_mnla_admits": (
        "menaka_2012_11_mnla_killed_mnla_c41_ar",
        N_("What the MNLA says of its own dead at Ménaka."),
    ),
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
    "kidal_2013_06_04",
    "timbuktu_2012_06_13",
)


def quoted(
    ranges: pd.DataFrame, core: pd.DataFrame, described: pd.DataFrame, tables: list[pd.DataFrame]
) -> dict[str, Number]:
    """Key to Number. ranges : incident_ranges; core : its rows of core_killed; described : described_claims; tables : those that they come from."""
    claims, events = tables[:2]
    dates, by_id = events.set_index("event_id")["date"], claims.set_index("claim_id")
    return {
        **_incidents("", INCIDENTS, ruled(ONE), ranges, described),
        **_told(*tables),
        **{
            f"casualties_{key}": Number(number_range(by_id.loc[claim]), rule, (claim,))
            for key, (claim, rule) in SAID.items()
        },
        **_twice(core, described),
        **{f"casualties_{event}_date": Number(in_words(dates[event]), DATED, more=claims_on(event)) for event in DATES},
        **counted_numbers(
            {"casualties_informants": number_range(claims[claims["event_id"] == "period_informants_2014"].iloc[0])}
        ),
    }


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
    return _incidents("told_", TOLD_INCIDENTS, ruled(TOLD), told, described) | counted_numbers(
        {"casualties_told_incidents": str(incidents)}
    )


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
