"""How much of the town-days is documented: by other rules, with less evidence, as known then."""

import numpy as np
import pandas as pd
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from azawad_conflict.figures.parts import charts, style
from azawad_conflict.figures.parts.labels import TextLine, text_width
from azawad_conflict.figures.parts.pages import Page, link
from azawad_conflict.language import WordsByKey, _, months, said
from azawad_conflict.wording import day

NAMES = WordsByKey({"documented": "Documented", "presumed": "Presumed", "none": "No holder named"})


@charts.styled
def draw(sensitivity: pd.DataFrame, as_known: pd.DataFrame) -> Figure:
    """Draw the shares of town-days with a documented holder, with a presumed one and with none named as a bar per variant.

    Below, two lines are the documented share as known then and now.
    sensitivity : territory.sensitivity. as_known : territory.as_known.
    Unit: per cent of the town-days. Returns SVG text.
    """
    figure = charts.new_figure(height=0.34 * len(sensitivity) + 4.1)
    bars, lines = figure.subplots(2, 1, height_ratios=[len(sensitivity), 5])
    charts.title(figure, _finding(sensitivity))
    for y, row in enumerate(sensitivity.itertuples()):
        left = 0.0
        for part, look in style.KNOWN.items():
            share = 100 * getattr(row, part)
            bars.barh(y, share, left=left, height=0.6, edgecolor=style.INK, linewidth=0.6, **look)
            if part != "none" and share >= 4:
                text = bars.annotate(
                    f"{share:.0f}",
                    (left + share / 2, y),
                    ha="center",
                    va="center",
                    fontsize=style.TEXT_SIZE,
                    color=style.INK if part == "presumed" else charts.ink_on(look["facecolor"]),
                )
                text.set_gid(style.HALO_GID if part == "presumed" else None)
            left += share
    charts.bare(bars)
    charts.rows_axis(bars, said(sensitivity["variant"]))
    bars.set_xlim(0, 100)
    charts.x_label(bars, _("Share of the town-days (per cent)"))
    _lines(lines, as_known, said(sensitivity["variant"]))
    charts.legend(
        figure,
        [
            charts.part_key(NAMES[part], edgecolor=style.INK, linewidth=0.6, **look)
            for part, look in style.KNOWN.items()
        ],
        columns=3,
        below=bars,
    )
    return figure


def _lines(axes, as_known, labels):
    # The names stand where the lines part most, above the upper and below the lower one.
    apart = as_known.loc[(as_known["now"] - as_known["then"]).idxmax()]
    first, last = as_known["date"].min(), as_known["date"].max()
    to_left = apart["date"] > first + (last - first) / 2  # else they would leave the drawing
    per_point = (last - first) / charts.axis_points(labels)
    for column, words, look, above in (
        ("now", _("as known now"), dict(color=style.KNOWN["documented"]["facecolor"]), True),
        ("then", _("as published by then"), dict(color=style.MUTED, linestyle=(0, (4, 2))), False),
    ):
        axes.plot(as_known["date"], 100 * as_known[column], marker="o", markersize=4, **look)
        # Clear of its line along all of the name.
        near, far = 12 * per_point, (12 + text_width(TextLine(words, style.TEXT_SIZE))) * per_point
        ends = sorted(
            [apart["date"] - far, apart["date"] - near] if to_left else [apart["date"] + near, apart["date"] + far]
        )
        line = np.interp(date2num(pd.date_range(*ends, freq="W")), date2num(as_known["date"]), as_known[column])
        axes.annotate(
            words,
            (apart["date"], 100 * (line.max() if above else line.min())),
            xytext=(-12 if to_left else 12, 5 if above else -5),
            textcoords="offset points",
            ha="right" if to_left else "left",
            va="bottom" if above else "top",
            color=look["color"],
            fontsize=style.TEXT_SIZE,
        )
        axes.annotate(
            _percent(apart[column]),
            (apart["date"], 100 * apart[column]),
            xytext=(0, 9 if above else -10),
            textcoords="offset points",
            ha="center",
            va="center",
            fontweight="bold",
            **charts.VALUE_TEXT,
        )
    axes.set_ylim(0, 1.25 * 100 * as_known[["then", "now"]].to_numpy().max())
    axes.set_xlim(first - (last - first) * 0.03, last + (last - first) * 0.05)
    axes.set_ylabel(_("Documented (%)"))
    axes.spines["left"].set_visible(False)
    axes.grid(axis="y")
    short = months("abbreviated")
    axes.set_xticks(as_known["date"], [f"{short[date.month - 1]}\n{date:%Y}" for date in as_known["date"]])


def _finding(sensitivity):
    """How far the documented share depends on the rule."""
    shares = sensitivity["documented"]
    words = _("By the published rule {published} per cent of the town-days are documented, by others {least} to {most}")
    return words.format(
        published=_percent(shares.iloc[0]), least=_percent(shares.iloc[1:].min()), most=_percent(shares.iloc[1:].max())
    )


def _percent(share):
    return f"{100 * share:.0f}"


def caption() -> str:
    """What is drawn."""
    return _(
        "Above: the assessed reading under other thresholds and with less evidence; below: the documented share of the days "
        "up to the end of each half-year, from claims published by then and from all; its numbers are those of the day on which both lie furthest apart. Unit: per cent of the town-days. Rules: {rules}."
    ).format(rules=link(Page.METHODS))


def alt(sensitivity: pd.DataFrame, as_known: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    published, others = sensitivity.iloc[0], sensitivity["documented"].iloc[1:]
    last = as_known.iloc[-1]
    return _(
        "A bar per rule, split into town-days with a documented holder, with a presumed one and with none named: by the published rule {documented} per cent are documented and {presumed} presumed; "
        "by {number} others, {least} to {most} are documented. Below, lines over time: up to {day}, {then} per cent from claims published by then, {now} from all."
    ).format(
        documented=_percent(published["documented"]),
        presumed=_percent(published["presumed"]),
        number=len(others),
        least=_percent(others.min()),
        most=_percent(others.max()),
        day=day(last["date"]),
        then=_percent(last["then"]),
        now=_percent(last["now"]),
    )
