"""The reported dead as they added up: per side the best number by who says it, and its range."""

import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict.casualties import SERIES, SIDES, VOICES
from azawad_conflict.figures.parts import charts, style
from azawad_conflict.figures.parts.labels import TextLine, text_width
from azawad_conflict.figures.parts.pages import Page, link
from azawad_conflict.language import _, number
from azawad_conflict.wording import listed, number_range, short_day

NEAR = 12  # people; a best and a low number nearer than this stand in one line
NAMED = 3  # the largest steps of a side say what they hold
TOGETHER = pd.Timedelta(days=4)  # which are as wide as the line: rises within them look like one step
LINE = 15  # people beside a line of words, about
MARGIN = 90  # points beside the axis of time, about
BELOW_NAME = 0.84  # of the height of a panel: how far up a line reaches that crosses no words at its top
RANGE_LINE = dict(color=style.MUTED, linewidth=0.9, linestyle=(0, (3, 2)))


@charts.styled
def draw(running: pd.DataFrame, names: pd.Series, first: str | pd.Timestamp, last: str | pd.Timestamp) -> Figure:
    """Draw a panel per side: a stack of steps by voice, dashed lines for the sums of low and high.

    running : casualties.cumulative. names : casualties.incident_names, for the steps.
    first, last : of the time axis. Unit: people. Returns SVG text.
    """
    figure = charts.new_figure(charts.either(4.6, 5.4))
    panels = figure.subplots(2, 1, sharex=True)
    charts.title(figure, finding(running))
    first, last = pd.Timestamp(first), pd.Timestamp(last) + pd.Timedelta(days=1)
    for axes, side in zip(panels, SIDES, strict=True):
        rows = running[running["side"] == side]
        _panel(axes, _to_the_end(rows, first, last), names)
        axes.annotate(
            SERIES[side],
            (0, 1),
            xycoords="axes fraction",
            xytext=(4, 0),
            textcoords="offset points",
            ha="left",
            va="top",
            fontweight="bold",
            **charts.VALUE_TEXT,
        )
        day = since(running, side)
        if day is not None:
            _mark(axes, rows.assign(date=last), day)
        axes.set_ylim(0, float(running["high"].max()) * charts.either(1.08, 1.3))
    panels[0].set_xlim(first, last)
    panels[0].tick_params(axis="x", which="both", length=0, labelbottom=False)
    charts.month_axis(panels[1])
    figure.supylabel(_("Reported killed (people)"), fontsize=style.TEXT_SIZE)
    charts.legend(
        figure,
        [
            charts.part_key(VOICES[voice], edgecolor=style.INK, linewidth=0.7, **style.VOICES[voice])
            for voice in reversed(style.VOICES)  # from the top of the stack
            if running[voice].any()
        ]
        + [charts.line_key(_("sums of the lows and of the highs"), **RANGE_LINE)],
    )
    return figure


def _to_the_end(rows, first, last):
    """The running sums from the first day of the axis, when they are zero, to its last."""
    start = rows.iloc[:1].assign(date=first, event_id=None, **dict.fromkeys(["low", "best", "high", *VOICES], 0))
    return pd.concat([start, rows, rows.iloc[-1:].assign(date=last, event_id=None)], ignore_index=True)


def _panel(axes, rows, names):
    floor = rows["best"] * 0
    for voice, look in style.VOICES.items():
        axes.fill_between(
            rows["date"], floor, floor + rows[voice], step="post", linewidth=0.4, **({"edgecolor": style.INK} | look)
        )
        floor = floor + rows[voice]
    for end in ("low", "high"):
        axes.step(rows["date"], rows[end], where="post", **RANGE_LINE)
    axes.step(rows["date"], rows["best"], where="post", color=style.INK, linewidth=1.4)
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    final = rows.iloc[-1]
    if charts.NARROW.get():
        axes.annotate(
            f"{final['best']} ({number_range(final)})",
            (0, 1),
            xycoords="axes fraction",
            xytext=(4, -11),
            textcoords="offset points",
            ha="left",
            va="top",
            **charts.VALUE_TEXT,
        )
    else:
        near = abs(final["best"] - final["low"]) < NEAR
        for end, words in (
            ("high", _("high {high} or more") if final["at_least"] else _("high {high}")),
            ("best", _("best {best}, low {low}") if near else _("best {best}")),
            ("low", "" if near else _("low {low}")),
        ):
            axes.annotate(
                words.format(**final[["low", "best", "high"]]),
                (final["date"], final[end]),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                fontsize=style.TEXT_SIZE,
                color=style.INK,
                fontweight="bold" if end == "best" else "normal",
            )
        _names(axes, rows, names)


def _mark(axes, rows, day):
    """Mark the day from which most of a side's dead are their enemy's word, and the enemy's part at the end."""
    final = rows.iloc[-1]
    axes.axvline(day, 0, BELOW_NAME, color=style.INK, linewidth=0.9, linestyle=(0, (1, 1.5)), zorder=0)
    axes.annotate(
        short_day(day),
        (day, 1),
        xycoords=("data", "axes fraction"),
        xytext=(4, charts.either(-22, -30)),
        textcoords="offset points",
        va="center",
        fontsize=style.SMALL_SIZE + 1,
        color=style.INK,
        gid=style.HALO_GID,
    )
    axes.annotate(
        _("{part} of {whole}").format(part=final["enemy"], whole=final["best"]),
        (final["date"], final["best"] - final["enemy"] / 2),
        xytext=(-6, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        fontsize=style.TEXT_SIZE,
        fontweight="bold",
        color=charts.ink_on(style.VOICES["enemy"]["facecolor"]),
    )


def _names(axes, rows, names):
    """What the largest steps of the best number hold, left of each, or above where something else is there."""
    steps = _with_steps(rows).assign(rise=rows["high"].shift(fill_value=0))
    first, last = (pd.Timestamp(end) for end in (rows["date"].iloc[0], rows["date"].iloc[-1]))
    placed = []  # first day, last day and height of each
    for near in largest(steps):
        at, best = near["date"].iloc[0], near["best"].iloc[-1]
        words = f"{named(near, names)} +{near['step'].sum():.0f}"
        points = max(text_width(TextLine(line, style.SMALL_SIZE + 1)) for line in words.split("\n")) + 6
        long = points / (charts.width() * style.POINTS_PER_INCH - MARGIN) * (last - first)
        # The sum of the highs rises there, or the words of a larger step stand there.
        crossed = steps["date"].between(at - long, at, inclusive="left") & (
            steps["rise"].lt(best) & steps["high"].gt(best)
        )
        above = bool(crossed.any()) or any(
            start < at and end > at - long and abs(best - height) < LINE for start, end, height in placed
        )
        if above:
            best = steps.loc[steps["date"].between(at, at + long), "best"].max()  # clear of what rises below the words
        before = best - near["step"].sum()
        rests = (
            not above and near["step"].sum() < LINE * (words.count("\n") + 1) / 2
        )  # on what was before, which half of the words would cross
        placed.append((at, at + long, best + LINE / 2) if above else (at - long, at, best))
        axes.annotate(
            words,
            (at, before if rests else best),
            xytext=(3, 3) if above else (-3, 3 if rests else 0),
            textcoords="offset points",
            ha="left" if above else "right",
            multialignment="left" if above else "right",
            va="bottom" if above or rests else "center",
            fontsize=style.SMALL_SIZE + 1,
            color=style.INK,
            gid=style.HALO_GID,
        )


def _with_steps(rows):
    """The running sums of a side with what each row adds to the best number."""
    return rows.assign(step=rows["best"].diff().fillna(rows["best"]))


def largest(steps: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows of each of the largest steps, which rise in days that lie close together. steps : event_id, date and step of a side."""
    rising = steps[steps["event_id"].notna() & steps["step"].gt(0)]
    together = rising["date"].diff().gt(TOGETHER).cumsum()
    return [rising[together == step] for step in rising.groupby(together)["step"].sum().nlargest(NAMED).index]


def named(step: pd.DataFrame, names: pd.Series) -> str:
    """What a step holds: the names of up to two incidents, a line each, or that of most dead and the number of the others."""
    if len(step) <= 2:
        return ",\n".join(dict.fromkeys(_(names[event_id]) for event_id in step["event_id"]))
    return _("{place} and {number} others").format(
        place=_(names[step.nlargest(1, "step")["event_id"].iloc[0]]), number=number(len(step) - 1)
    )


def _last(running):
    return running.groupby("side").last()


def since(running: pd.DataFrame, side: str) -> pd.Timestamp | None:
    """Find the day from which a side's enemy gives more than half of its best number to the end.

    Returns None if there is no such day.
    """
    rows = running[running["side"] == side]
    less = rows["enemy"].mul(2).le(rows["best"])
    return (
        None
        if less.iloc[-1]
        else rows.loc[~less & (rows.index > less[less].index.max() if less.any() else True), "date"].iloc[0]
    )


def finding(running: pd.DataFrame) -> str:
    """From when on each side's dead are mostly its enemy's word, as a title."""
    days = {side: since(running, side) for side in SIDES}
    told = [
        _("{side}: from {day} most of the reported dead rest on their enemy's word").format(
            side=SERIES[side], day=short_day(day)
        )
        for side, day in days.items()
        if day is not None
    ]
    return _("; ").join(told) if told else _("Of neither side do most of the reported dead rest on their enemy's word")


def caption(running: pd.DataFrame) -> str:
    """How to read it, and where the rows are."""
    ends = _last(running)
    words = _(
        "Solid line: the running sum of the best numbers, {mnla} and {islamist} at the end; the areas below it say whose word each part is. "
        "Dashed: the running sums of the lows and of the highs, which assume that every claim errs in the same direction. An incident counts from the last day on which it may have happened. "
        "Unit: people reported killed. Claims: {claims}."
    )
    return words.format(mnla=ends.loc["mnla", "best"], islamist=ends.loc["islamist", "best"], claims=link(Page.CLAIMS))


def alt(running: pd.DataFrame, names: pd.Series) -> str:
    """What the figure shows, in words. names : as for `draw`."""
    parts = []
    for side, row in _last(running).iterrows():
        steps = largest(_with_steps(running[running["side"] == side]))
        parts.append(
            _("{side}: {best} ({range}); {voices}; largest steps: {steps}.").format(
                side=SERIES[side],
                best=row["best"],
                range=number_range(row),
                voices=listed(
                    _("{name}: {words}").format(name=VOICES[voice], words=number(row[voice]))
                    for voice in VOICES
                    if row[voice]
                ),
                steps=_("; ").join(
                    f"{named(step, names)} +{step['step'].sum():.0f}".replace("\n", " ") for step in steps
                ),
            )
        )
    return _(
        "{finding}. Running sums of people reported killed on each side, at the end by whose word it is. {parts}"
    ).format(finding=finding(running), parts=" ".join(parts))
