"""Four findings, a small chart each: whose word, two readings, the towns, the base article."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict.counting.readings import NO_ENEMY, PUBLISHED
from azawad_conflict.figures.base_article.statement_status import STATUS_COUNTS
from azawad_conflict.figures.parts import charts, style
from azawad_conflict.language import WordsByKey, _

SHARES_TOLD = WordsByKey(
    {"documented": "{percent} documented", "presumed": "{percent} presumed", "none": "{percent} none named"}
)
READINGS = WordsByKey({PUBLISHED: "all\nclaims", NO_ENEMY: "without\nenemies*"})
APART = 1.5  # between both bars, which leaves room for their names
LINE = 0.105  # from one label of a column to the next at least, of its height
SMALL = dict(fontsize=style.SMALL_SIZE + 1, color=style.INK)


@charts.styled
def draw(by_voice: pd.DataFrame, reported: pd.DataFrame, shares: Mapping[str, float], statuses: pd.Series) -> Figure:
    """Four panels beside each other, on a phone two by two.

    by_voice : casualties.by_voice by side. reported : readings.reported.
    shares : territory.shares.
    statuses : the sums of base_article.by_topic, status to number of statements.
    Unit: people, shares of the town-days, statements. Returns SVG text.
    """
    figure = charts.new_figure(charts.either(2.5, 4.9))
    panels = figure.subplots(*charts.either((1, 4), (2, 2))).ravel()
    _voices(panels[0], by_voice)
    _readings(panels[1], reported)
    panels[1].set_ylim(panels[0].get_ylim())  # the same people are as high in both
    _days(panels[2], shares)
    _statements(panels[3], statuses)
    for axes in panels:
        axes.set_xticks([])
        axes.set_yticks([])
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.grid(False)
    return figure


def _head(axes, number, words):
    axes.set_title(f"{number}\n", fontsize=15, pad=14, loc="left", color=style.INK)
    # One by one, for where a second line stands depends on the letters of the first.
    for up, line in zip((14.5, 5), words.split("\n"), strict=True):
        axes.annotate(line, (0, 1), xycoords="axes fraction", xytext=(0, up), textcoords="offset points", **SMALL)


def _voices(axes, by_voice):
    """The Islamist side's best number as a column: the enemy's part, and all others."""
    numbers = by_voice[by_voice["side"] == "islamist"].set_index("voice")["best"]
    enemy, whole = int(numbers.get("enemy", 0)), int(numbers.sum())
    for bottom, part, words, look in (
        (0, whole - enemy, _("{number} others'"), dict(facecolor=style.OTHERS)),
        (whole - enemy, enemy, _("{number} their enemy's"), style.VOICES["enemy"]),
    ):
        axes.bar(0, part, bottom=bottom, width=0.9, edgecolor=style.INK, linewidth=0.6, **look)
        axes.annotate(words.format(number=part), (0.55, bottom + part / 2), va="center", **SMALL)
    axes.set_xlim(-0.5, 2.6)
    _head(axes, _("{part} of {whole}").format(part=enemy, whole=whole), _("Islamist dead rest\non their enemy's word"))


def _readings(axes, reported):
    """The Islamist side's best number in two readings, with the incidents that each covers."""
    table = reported[reported["side"] == "islamist"].set_index("reading_id")
    most, colour = table.loc[list(READINGS), "best"].max(), charts.SERIES["islamist"][0]
    for place, (reading, words) in enumerate(READINGS.items()):
        row = table.loc[reading]
        place *= APART
        inside = row["best"] > most / 2
        axes.bar(place, row["best"], width=0.62, color=colour)
        axes.annotate(
            f"{row['best']}",
            (place, row["best"]),
            xytext=(0, -3 if inside else 2),
            textcoords="offset points",
            ha="center",
            va="top" if inside else "bottom",
            **(SMALL | ({"color": charts.ink_on(colour)} if inside else {})),
        )
        axes.annotate(
            words,
            (place, 0),
            xytext=(0, -3),
            textcoords="offset points",
            ha="center",
            va="top",
            linespacing=1.05,
            **SMALL,
        )
    first, second = (int(table.loc[reading, "best"]) for reading in READINGS)
    axes.set_xlim(-0.6, 1.7 * APART)
    _head(
        axes,
        _("{one} or {other}").format(one=first, other=second),
        _("Islamist dead, with and\nwithout their enemy's word"),
    )


def _days(axes, shares):
    """The town-days as one column."""
    bottom = 0.0
    for part, look in style.KNOWN.items():
        axes.bar(0, 100 * shares[part], bottom=bottom, width=0.9, edgecolor=style.INK, linewidth=0.6, **look)
        words = SHARES_TOLD[part].format(percent=f"{100 * shares[part]:.0f}")
        axes.annotate(words, (0.55, bottom + 50 * shares[part]), va="center", **SMALL)
        bottom += 100 * shares[part]
    axes.set_xlim(-0.5, 2.6)
    percent = _("{percent}%").format(percent=f"{100 * shares['documented']:.0f}")
    _head(axes, percent, _("of the town-days have\na documented holder"))


def _statements(axes, statuses):
    """The base article's statements as one column, by status."""
    bottom, whole, free = 0, sum(statuses), 0.0
    for status, look in reversed(style.STATUSES.items()):
        number = statuses[status]
        axes.bar(0, number, bottom=bottom, width=0.9, **({"edgecolor": style.INK, "linewidth": 0.6} | look))
        words = STATUS_COUNTS[status].format(number=number)
        at = max(bottom + number / 2, free)
        free = at + whole * LINE
        axes.annotate(words, (0.55, at), va="center", **SMALL)
        bottom += number
    axes.set_xlim(-0.5, 2.6)
    _head(
        axes,
        _("{part} of {whole}").format(part=statuses["supported"], whole=whole),
        _("statements of the article\nare supported"),
    )


def caption() -> str:
    """What the four panels show."""
    return _(
        "In reading order: whose word the best number of Islamist dead is; that number by all claims, and (*) without enemies and encyclopaedias, for fewer incidents; "
        "town-days with a documented holder, with a presumed one, and with none named; the article's statements by what sources other than encyclopaedias say of them. "
        "Unit: people reported killed; per cent of town-days; statements."
    )


def alt(by_voice: pd.DataFrame, reported: pd.DataFrame, shares: Mapping[str, float], statuses: pd.Series) -> str:
    """What the figure shows, in words."""
    islamist = by_voice[by_voice["side"] == "islamist"].set_index("voice")["best"]
    table = reported.set_index(["reading_id", "side"])["best"]
    words = _(
        "Of {islamist} reported Islamist dead, {enemy} are the word of their enemy. By the best numbers all claims give {all_islamist} Islamist dead, "
        "those without enemies and encyclopaedias {few_islamist}. A holder is documented on {documented} per cent of the town-days, presumed on {presumed}, "
        "not named on {none}. Of {statements} statements of the article {supported} are supported, {contradicted} contradicted, {disputed} disputed, "
        "{unsourced} unsourced, {vague} vague."
    )
    return words.format(
        enemy=int(islamist.get("enemy", 0)),
        islamist=int(islamist.sum()),
        all_islamist=table[PUBLISHED, "islamist"],
        few_islamist=table[NO_ENEMY, "islamist"],
        documented=f"{100 * shares['documented']:.0f}",
        presumed=f"{100 * shares['presumed']:.0f}",
        none=f"{100 * shares['none']:.0f}",
        statements=sum(statuses),
        **{status: statuses[status] for status in style.STATUSES},
    )
