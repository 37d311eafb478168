"""The base article's statements by topic and status."""

import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict.base_article import STATUSES
from azawad_conflict.figures.parts import charts, style
from azawad_conflict.language import WordsByKey, _
from azawad_conflict.wording import capital, listed

STATUS_NAMES = WordsByKey(
    {
        "supported": "Supported",
        "contradicted": "Contradicted",
        "disputed": "Disputed",
        "unsourced": "Unsourced",
        "vague": "Vague",
    }
)
STATUS_COUNTS = WordsByKey(
    {
        "supported": "{number} supported",
        "contradicted": "{number} contradicted",
        "disputed": "{number} disputed",
        "unsourced": "{number} unsourced",
        "vague": "{number} vague",
    }
)
TOPICS = WordsByKey(
    {
        "all statements": "all statements",
        "scope": "scope",
        "actors": "actors",
        "strength": "strength",
        "casualties": "casualties",
        "politics": "politics",
        "territory": "territory",
        "military": "military",
        "accusations": "accusations",
        "agreements": "agreements",
    }
)


@charts.styled
def draw(by_topic: pd.DataFrame) -> Figure:
    """Draw one bar per topic over the share of each status, with the number of statements.

    All statements stand on top, then the topics by their supported share.
    by_topic : base_article.by_topic. Unit: statements. Returns SVG text.
    """
    whole = by_topic[["statements", *STATUSES]].sum().to_frame().T.assign(topic="all statements")
    table = pd.concat([whole, _in_order(by_topic)], ignore_index=True)
    figure, axes = charts.new_chart(height=0.34 * len(table) + 1.3)
    charts.title(figure, finding(by_topic))
    left = table["statements"] * 0.0
    for status in STATUSES:
        shares = 100 * table[status] / table["statements"]
        look: style.Arguments = {"edgecolor": style.PAPER} | style.STATUSES[status]
        bars = axes.barh(table.index, shares, left=left, height=0.66, linewidth=0.7, **look)
        labels = [
            str(number) if share > charts.either(2.5, 7) else ""
            for number, share in zip(table[status], shares, strict=True)
        ]
        texts = axes.bar_label(
            bars,
            labels,
            label_type="center",
            color=style.PAPER if status in ("supported", "contradicted") else style.INK,
            fontsize=style.TEXT_SIZE,
        )
        for text in texts:
            if status == "vague":
                text.set_bbox(dict(facecolor=style.PAPER, edgecolor="none", pad=0.8))
        left = left + shares
    charts.rows_axis(
        axes,
        [
            f"{capital(TOPICS[topic])} ({number})"
            for topic, number in zip(table["topic"], table["statements"], strict=True)
        ],
        beside=110,
    )
    axes.axhline(0.5, color=style.INK, linewidth=0.7)
    axes.set_xlim(0, 100)
    axes.grid(False)
    charts.x_label(axes, _("Share of the statements (per cent)"))
    charts.legend(
        figure,
        [
            charts.part_key(STATUS_NAMES[status], **({"edgecolor": style.PAPER} | style.STATUSES[status]))
            for status in STATUSES
        ],
        columns=3,
    )
    return figure


def _shares(by_topic):
    sums = by_topic[list(STATUSES)].sum()
    return listed(STATUS_COUNTS[status].format(number=sums[status]) for status in STATUSES)


def finding(by_topic: pd.DataFrame) -> str:
    """What is supported, as a title."""
    return _(
        "Sources other than encyclopaedias support {supported} of {statements} statements of the base article"
    ).format(supported=by_topic["supported"].sum(), statements=by_topic["statements"].sum())


def caption() -> str:
    """How to read it."""
    return _(
        "On the bars: the number of statements. Supported: a source other than an encyclopaedia says so and none denies it."
    )


def alt(by_topic: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    rows = [row | {"topic": TOPICS[row["topic"]]} for row in _in_order(by_topic).to_dict("records")]
    supported = [_("{topic} {supported} of {statements}").format_map(row) for row in rows]
    others = {
        status: ", ".join(f"{row['topic']} {row[status]}" for row in rows if row[status])
        for status in ("contradicted", "disputed")
    }
    words = _(
        "A bar per topic, split by status; on top all statements. Supported: {supported}. Contradicted: {contradicted}. Disputed: {disputed}."
    )
    return words.format(supported=", ".join(supported), **others)


def _in_order(by_topic):
    """The topics by their supported share, as they are drawn."""
    share = by_topic["supported"] / by_topic["statements"]
    return by_topic.loc[share.sort_values(ascending=False, kind="stable").index]
