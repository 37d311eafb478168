"""Reported deaths by incident and side: as all sources have them, and as the base article does."""

import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict.casualties import NO_FLOOR, SERIES, totals
from azawad_conflict.figures.parts import charts, style
from azawad_conflict.figures.parts.pages import Page, link
from azawad_conflict.language import _, number
from azawad_conflict.wording import listed, number_range, short_date

STEP = 0.36  # between the sides of one incident, in rows
LABEL_LINE, APART = 0.34, 0.17  # a line of a label, and the blank below an incident, in rows
BY_SIDE = ["event_id", "name", "side"]  # what a line is drawn of: one side of one incident
WIDEST_IN_ALT = 3  # ranges told one by one
ENCYCLOPAEDIA_MARK = "*"


@charts.styled
def draw(killed: pd.DataFrame, told: pd.DataFrame) -> Figure:
    """Draw one block per incident and one line per side: low to high, and a mark at best.

    An upright bar is the base article's number.
    killed, told : casualties.core_killed of all claims and of the base article's claims.
    Unit: people. Returns SVG text.
    """
    blocks = [block for _, block in killed.groupby("event_id", sort=False)]
    heights = pd.Series([_height(block) for block in blocks])
    spare = heights - [block["side"].nunique() * STEP for block in blocks]
    tops = heights.cumsum().shift(fill_value=0) + charts.either((spare - spare.min()) / 2, spare - 0.3)
    article = told.groupby(["event_id", "side"])["best"].sum(min_count=1)
    widest = _widest(killed)
    figure, axes = charts.new_chart(height=charts.either(0.4, 0.46) * heights.sum() + 1.6)
    charts.title(figure, finding(killed))
    for top, block in zip(tops, blocks, strict=True):
        for line, side in enumerate(name for name in charts.SERIES if name in set(block["side"])):
            event_id = block["event_id"].iloc[0]
            _line(
                axes,
                top + line * STEP,
                side,
                block[block["side"] == side],
                article.get((event_id, side)),
                "bold" if (event_id, side) == (widest["event_id"], widest["side"]) else "normal",
            )
    middles = [top + STEP * (block["side"].nunique() - 1) / 2 for top, block in zip(tops, blocks, strict=True)]
    charts.row_labels(axes, charts.either(middles, list(tops)), [_label(block.iloc[0]) for block in blocks])
    axes.set_ylim(heights.sum() - 0.1, charts.either(-0.5, -0.2))
    axes.set_xlim(-2, float(killed.groupby(["event_id", "side"])["high"].sum().max()) * 1.35)
    charts.x_label(axes, _("Reported killed (people)"))
    used = [side for side in charts.SERIES if side in set(killed["side"])]
    keys = [charts.series_key(side) for side in used]
    keys.append(
        charts.line_key(
            charts.wrapped(_("Hollow: mostly the enemy's word or an encyclopaedia's")),
            marker="v",
            color=style.PAPER,
            **(charts.MARK | {"markeredgewidth": 1.5}),
        )
    )
    charts.legend(figure, [*keys, charts.line_key(_("As the base article tells it"), **charts.TOLD)])
    return figure


def _height(block):
    """The rows that an incident takes: its label lies beside its sides, on a phone over them."""
    sides, lines = block["side"].nunique() * STEP, LABEL_LINE * (_label(block.iloc[0]).count("\n") + 1)
    return charts.either(max(sides, lines) + APART, sides + lines + 0.3)


def _line(axes, y, side, rows, told, weight):
    """One side of one incident: its groups of victims added up."""
    colour, marker = charts.SERIES[side]
    low, best, high = (int(rows[column].sum()) for column in ("low", "best", "high"))
    ends = {"low": low, "high": high, "at_least": rows["at_least"].any()}
    charts.low_to_high(axes, y, ends, colour)
    doubtful = 2 * int(rows.loc[rows["best_voice"].isin(NO_FLOOR), "best"].sum()) > best
    axes.plot(
        best,
        y,
        marker=marker,
        color=style.PAPER if doubtful else colour,
        **(charts.MARK | ({"markeredgecolor": colour, "markeredgewidth": 1.5} if doubtful else {})),
    )
    end = high
    if told is not None and not pd.isna(told):
        axes.plot(told, y, **charts.TOLD)
        end = max(end, told)
    text = number_range(ends)
    text += ENCYCLOPAEDIA_MARK if rows["encyclopaedia_only"].any() else ""
    axes.annotate(
        text, (end, y), xytext=(8, 0), textcoords="offset points", va="center", fontweight=weight, **charts.VALUE_TEXT
    )


def _label(row):
    return charts.wrapped(f"{_(row['name'])}, {short_date(row['date'])}")


def _marked(killed):
    """What the mark means, where an incident has it."""
    names = list(dict.fromkeys(killed.loc[killed["encyclopaedia_only"], "name"].map(_)))
    words = _("{mark} rests on encyclopaedia pages alone: {events}.")
    return [words.format(mark=ENCYCLOPAEDIA_MARK, events=listed(names))] if names else []


def _widest(killed):
    """The widest range of a side in one incident, as it is drawn."""
    sums = totals(killed, BY_SIDE)
    return sums.loc[(sums["high"] - sums["low"]).astype("Int64").idxmax()]


def finding(killed: pd.DataFrame) -> str:
    """The widest range of a side in one incident, as a title; others have no upper end, so no rank is told."""
    widest = _widest(killed)
    return _("{side}, “{event}”: {number} dead, depending on the claim").format(
        side=SERIES[widest["side"]], event=_(widest["name"]), number=number_range(widest)
    )


def caption(killed: pd.DataFrame, told: pd.DataFrame) -> str:
    """What is drawn, and where the claims are."""
    words = _(
        "The base article tells {told} of the {whole} incidents. Mark: best, hollow where most of it is the word of the enemy or of an encyclopaedia; "
        "line: low to high, with a tip where a source says “or more”; upright bar: the base article's number."
    )
    return " ".join(
        [
            words.format(told=told["event_id"].nunique(), whole=killed["event_id"].nunique()),
            *_marked(killed),
            _("Unit: people reported killed."),
            _("Numbers: {table}; claims: {claims}.").format(
                table="{numref}`tab-casualties-incidents`", claims=link(Page.CLAIMS)
            ),
        ]
    )


def alt(killed: pd.DataFrame, told: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    article = told.groupby(["event_id", "side"])["best"].sum(min_count=1)
    parts, sums = [], totals(killed, BY_SIDE)
    widest = (sums["high"] - sums["low"]).astype(float).nlargest(WIDEST_IN_ALT).index.sort_values()
    for row in sums.loc[widest].to_dict("records"):
        told_number = article.get((row["event_id"], row["side"]))
        words = (
            _("{event}, {victims}: {number}")
            if told_number is None or pd.isna(told_number)
            else _("{event}, {victims}: {number} (base article {told})")
        )
        parts.append(
            words.format(event=_(row["name"]), victims=SERIES[row["side"]], number=number_range(row), told=told_number)
        )
    return _(
        "Reported deaths by incident and side; the widest ranges: {parts}. The table that the caption names has the other {others}."
    ).format(parts=_("; ").join(parts), others=number(len(sums) - len(widest)))
