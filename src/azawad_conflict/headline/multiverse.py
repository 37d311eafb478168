"""What prose quotes on the multiverse."""

from azawad_conflict import casualties, multiverse
from azawad_conflict.headline.number import Number, numbers
from azawad_conflict.language import N_, _, number, said
from azawad_conflict.tables import load
from azawad_conflict.wording import counted, number_or_none, titles

RULE = N_("Every combination of the choices, each computed. A share of combinations is not a probability.")
PLACES = ("published", "least", "median", "most")
WITH_SECOND = ("mnla",)  # targets of which prose names the second choice, too
TABLES = ("casualty_claims", "events", "actors", "sources", "phases")


def quoted() -> dict[str, Number]:
    """Key to Number, for the notebook on the multiverse."""
    tables = [load(name) for name in TABLES]
    combined = multiverse.combinations(*tables)
    _refuse_two_rules(combined, tables)
    influence, spans = multiverse.influence(combined), multiverse.incident_spans(*tables)
    labels = {switch.name: _(switch.label) for switch in multiverse.SWITCHES}
    quiet = multiverse.idle(combined)
    everyone = spans[spans["target"].eq("everyone") & spans["published"].notna()]
    fixed = everyone[everyone["fixed"]]
    more = 100 * (combined["islamist"] > combined["mnla"]).mean()
    found = {
        "multiverse_switches": str(len(multiverse.SWITCHES)),
        "multiverse_combinations": number(len(combined)),
        "multiverse_idle": titles(labels[name] for name in quiet),
        "multiverse_used": str(sum(1 for named in multiverse.NAMED if named.source_id or not named.choices)),
        "multiverse_islamist_enemy_percent": _percent(100 * _enemy_share(tables)),
        "multiverse_incidents": str(len(everyone)),
        "multiverse_fixed": number_or_none(len(fixed), "incidents"),
        "multiverse_fixed_killed": counted(int(fixed["published"].sum()), "person", "people"),
        "multiverse_fixed_names": titles(said(fixed["name"])),
        "multiverse_more_islamist_percent": _percent(more),
        "multiverse_more_mnla_percent": _percent(100 * (combined["mnla"] > combined["islamist"]).mean()),
    }
    for target in multiverse.TARGETS:
        place = multiverse.place_of(combined, target)
        rows = influence[influence["target"] == target]
        shares = (
            rows.drop_duplicates("switch")
            .set_index("switch")["eta_squared"]
            .sort_values(ascending=False, kind="stable")
        )
        down, up = rows.loc[rows["change"].idxmin()], rows.loc[rows["change"].idxmax()]
        spans_of = spans[spans["target"] == target]
        widest = spans_of.loc[(spans_of["most"] - spans_of["least"]).idxmax()]
        found |= {f"multiverse_{target}_{name}": number(round(place[name])) for name in PLACES} | {
            f"multiverse_{target}_percentile": _percent(place["percentile"]),
            f"multiverse_{target}_first": labels[shares.index[0]],
            f"multiverse_{target}_first_percent": _percent(100 * shares.iloc[0]),
            f"multiverse_{target}_interplay_percent": _percent(100 * (1 - shares.sum())),
            f"multiverse_{target}_down": number(abs(down["change"])),
            f"multiverse_{target}_up": number(up["change"]),
            f"multiverse_{target}_widest": _(widest["name"]),
            f"multiverse_{target}_widest_span": _("{low} to {high}").format(
                low=number(widest["least"]), high=number(widest["most"])
            ),
        }
        if target in WITH_SECOND:
            found |= {
                f"multiverse_{target}_second": labels[shares.index[1]],
                f"multiverse_{target}_second_percent": _percent(100 * shares.iloc[1]),
            }
    return numbers(found, RULE, more=(N_("Count under your own rule"), "own-rule.html"))


def _enemy_share(tables):
    """The share of the published Islamist dead that are their enemy's word."""
    core = casualties.core_killed(casualties.incident_ranges(*tables[:4]))
    parts = casualties.by_voice(core[core["side"] == "islamist"], ["side"]).set_index("voice")["best"]
    return parts.get("enemy", 0) / parts.sum()


def _percent(value):
    """A percentage for a sentence: "39", "under 1", "over 99"; 0 and 100 only if exact."""
    if 0 < value < 1:
        return _("under 1")
    return _("over 99") if 99 < value < 100 else f"{value:.0f}"


def _refuse_two_rules(combined, tables):
    """Raise ValueError unless the published combination gives the published totals: the rule is written in both places."""
    claims, events, actors, sources, _ = tables
    ranges = casualties.incident_ranges(claims, events, actors, sources)
    core = casualties.core_killed(ranges)
    published = {side: int(casualties.total(core, side=side)["best"]) for side in casualties.SIDES}
    published["everyone"] = int(casualties.everyone_killed(ranges)["best"].sum())
    for target, total in published.items():
        varied = int(multiverse.place_of(combined, target)["published"])
        if varied != total:
            raise ValueError(
                f"the counting rule differs from place to place: {target}: {total} by counting/ranges.py,"
                f' {varied} by multiverse/compute.py; CONTRIBUTING.md, "A rule of counting", lists all places'
            )
