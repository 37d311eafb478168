"""Reported deaths incident by incident and side by side, as all sources have them and as the base article tells them."""

import pandas as pd

from azawad_conflict.figures import charts
from azawad_conflict.wording import caution as worth, listed, number_range, short_date

STEP = 0.42  # between the sides of one incident, in rows
LABEL_LINE = 0.36  # of a label, in rows
THICKNESS = 0.09  # of the line from low to high, in rows
ENCYCLOPAEDIA_MARK = "*"


@charts.styled
def draw(killed, told):
    """One block per incident, one line per side: best as a mark, low to high as a line; a bar for the base article.

    killed, told : casualties.core_killed of all claims and of the base article's claims. Unit: people. Returns SVG text.
    """
    blocks = [block for _, block in killed.groupby("event_id", sort=False)]
    heights = pd.Series([max(block["series"].nunique() * STEP + 0.34, LABEL_LINE * (_label(block.iloc[0]).count("\n") + 1)) for block in blocks])
    spare = heights - [block["series"].nunique() * STEP for block in blocks]
    tops = heights.cumsum().shift(fill_value=0) + (spare - spare.min()) / 2
    article = told.groupby(["event_id", "series"])["best"].sum(min_count=1)
    figure, axes = charts.new_chart(height=0.46 * heights.sum() + 1.2)
    for top, block in zip(tops, blocks, strict=True):
        for line, (series, rows) in enumerate(block.groupby("series", sort=False)):
            _line(axes, top + line * STEP, series, rows, article.get((block["event_id"].iloc[0], series)))
    middles = [top + STEP * (block["series"].nunique() - 1) / 2 for top, block in zip(tops, blocks, strict=True)]
    axes.set_yticks(middles, [_label(block.iloc[0]) for block in blocks], **charts.ROW_TEXT)
    axes.set_ylim(heights.sum() - 0.1, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(-2, float(killed.groupby(["event_id", "series"])["high"].sum().max()) * 1.35)
    axes.set_xlabel("Reported killed (people)")
    used = [series for series in charts.SERIES if series in set(killed["series"])]
    keys = [charts.series_key(series) for series in used]
    charts.legend(figure, [*keys, charts.line_key("As the base article tells it", **charts.TOLD)])
    return figure


def _line(axes, y, series, rows, told):
    """One side of one incident: its groups of victims added up."""
    colour, marker = charts.SERIES[series]
    low, best, high = (int(rows[column].sum()) for column in ("low", "best", "high"))
    axes.barh(y, high - low, left=low, height=THICKNESS, color=colour)
    axes.plot(best, y, marker=marker, color=colour, **charts.MARK)
    end = high
    if told is not None and not pd.isna(told):
        axes.plot(told, y, **charts.TOLD)
        end = max(end, told)
    text = number_range({"low": low, "high": high, "at_least": rows["at_least"].any()})
    text += ENCYCLOPAEDIA_MARK if rows["encyclopaedia_only"].any() else ""
    axes.annotate(text, (end, y), xytext=(8, 0), textcoords="offset points", va="center", **charts.VALUE_TEXT)


def _label(row):
    return charts.wrapped(row["name"]) + "\n" + short_date(row["date"])


def _marked(killed):
    """What the mark means, where an incident has it."""
    names = list(dict.fromkeys(killed.loc[killed["encyclopaedia_only"], "name"]))
    return f"{ENCYCLOPAEDIA_MARK} rests on encyclopaedia pages alone: {listed(names)}. " if names else ""


def caption(killed, told):
    """The finding, what is drawn, and where the claims are."""
    widest = killed.loc[(killed["high"] - killed["low"]).astype("Int64").idxmax()]
    return (
        f"The widest range, {number_range(widest)}, is that of {widest['victim_name']} dead in “{widest['name']}”; the base article tells "
        f"{told['event_id'].nunique()} of the {killed['event_id'].nunique()} incidents. Mark: best; line: low to high; upright bar: the base article's number. "
        f"{_marked(killed)}Unit: people reported killed. {worth(killed)} Claims: [](../claims.md)."
    )


def alt(killed, told):
    """What the figure shows, in words."""
    article = told.set_index(["event_id", "victim"])["best"]
    parts = []
    for row in killed.to_dict("records"):
        told_number = article.get((row["event_id"], row["victim"]))
        aside = "" if told_number is None or pd.isna(told_number) else f" (base article {told_number})"
        parts.append(f"{row['name']}, {row['victim_name']}: {number_range(row)}{aside}")
    return "Reported deaths by incident and side. " + "; ".join(parts) + "."
