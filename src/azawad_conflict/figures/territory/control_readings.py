"""The same town in rival readings: by judgement, last claim, the MNLA's word, the base article."""

import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict.figures.parts import charts, style
from azawad_conflict.figures.territory import control_strip
from azawad_conflict.language import _, number, said
from azawad_conflict.wording import counted, titles

HEIGHT = {False: 0.7, True: 0.5}  # of a row, by charts.NARROW
ROW_IN, REST_IN = {False: 0.2, True: 0.28}, {False: 1.5, True: 2.6}  # of a row and the rest, by charts.NARROW
HEAD_IN = 0.26
APART: style.Arguments = dict(color=style.INK, linewidth=2.4)  # days without a holder in common


@charts.styled
def draw(
    readings: dict[str, pd.DataFrame], towns: pd.DataFrame, disagreement: pd.DataFrame, disagreeing: pd.DataFrame
) -> Figure:
    """One block per town, one row per reading; a line between the first two where they part.

    readings : label, a message in English, to territory.runs. towns : the places drawn, in order.
    disagreement, disagreeing : of territory, between the first two readings, for the towns.
    Returns SVG text.
    """
    height = HEIGHT[charts.NARROW.get()]
    drawn = {label: style.drawn(runs) for label, runs in readings.items()}
    row_in, rest_in = ROW_IN[charts.NARROW.get()], REST_IN[charts.NARROW.get()]
    figure = charts.new_figure(height=(row_in * len(readings) + HEAD_IN) * len(towns) + rest_in)
    panels = figure.subplots(len(towns), 1, sharex=True, squeeze=False)[:, 0]
    for axes, town in zip(panels, towns.itertuples(), strict=True):
        for y, runs in enumerate(drawn.values()):
            control_strip.draw_runs(axes, y, runs[runs["place_id"] == town.place_id], height)
        stretches = disagreeing[disagreeing["place_id"] == town.place_id]
        axes.hlines([0.5] * len(stretches), stretches["start"], stretches["end"], **APART)
        charts.bare(axes)
        charts.rows_axis(axes, [_(label) for label in readings], lift=height / 2 + 0.03)
        axes.set_title(_(str(town.name)), fontsize=style.TEXT_SIZE, fontweight="bold", loc="left", pad=3)
        row = disagreement[disagreement["place_id"] == town.place_id].iloc[0]
        words = charts.either(_("{part} of {whole} days apart"), _("{part} of {whole}")).format(
            part=number(row["days"]), whole=number(row["both"])
        )
        weight = "bold" if row["days"] == disagreement["days"].max() else "normal"
        axes.set_title(words, fontsize=style.TEXT_SIZE, fontweight=weight, loc="right", pad=3)
        axes.set_xlim(
            min(runs["start"].min() for runs in readings.values()), max(runs["end"].max() for runs in readings.values())
        )
    charts.title(figure, finding(towns, disagreement))
    charts.month_axis(panels[-1])
    apart = charts.line_key(_("Apart: no holder in common"), **APART)
    charts.legend(figure, [*control_strip.keys(charts.stacked(drawn.values(), towns["place_id"])), apart])
    return figure


def finding(towns: pd.DataFrame, disagreement: pd.DataFrame) -> str:
    """Where the readings part most, as a title."""
    top = disagreement.sort_values("days", ascending=False).iloc[0]
    name = said(towns.set_index("place_id")["name"])[top["place_id"]]
    return _(
        "The assessed reading and the last claim part most over {town}: on {days} of {whole} they have no holder in common"
    ).format(town=name, days=counted(int(top["days"]), "day"), whole=number(int(top["both"])))


def caption(readings: dict[str, pd.DataFrame], towns: pd.DataFrame) -> str:
    """What is drawn."""
    return _(
        "Black lines: the days on which both have none in common. "
        "Shown are the {number} towns with most such days. Rows: {readings}. Symbols as in {figure}."
    ).format(number=len(towns), readings=titles(map(_, readings)), figure="{numref}`fig-territory-strip`")


def alt(readings: dict[str, pd.DataFrame], towns: pd.DataFrame, disagreement: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    names = said(towns.set_index("place_id")["name"])
    drawn = {label: style.drawn(runs[runs["place_id"].isin(towns["place_id"])]) for label, runs in readings.items()}
    parts = [
        _("{town}: {part} of {whole}").format(
            town=names[row["place_id"]], part=number(row["days"]), whole=number(row["both"])
        )
        for row in disagreement.sort_values("days", ascending=False).to_dict("records")[1:]  # the title has the first
    ]
    words = _(
        "By town and date, a row per reading. Town-days with a holder, documented or presumed, of {whole}, and those of the most frequent one: {readings}. Days apart in the other towns: {parts}."
    )
    return words.format(
        readings=_("; ").join(_held(_(label), runs) for label, runs in drawn.items()),
        whole=number(int(next(iter(drawn.values()))["days"].sum())),
        parts=_("; ").join(parts),
    )


def _held(reading, runs):
    """On how many days a reading names a holder, and whom most often."""
    held = runs[runs["holders"].map(len) > 0]
    by_holder = held.explode("holders").groupby("holders")["days"].sum().sort_values(ascending=False, kind="stable")
    if by_holder.empty:
        return _("{name}: {words}").format(name=reading, words=number(0))
    return _("{reading}: {days}, {holder} {most}").format(
        reading=reading,
        days=number(int(held["days"].sum())),
        holder=style.HOLDERS[by_holder.index[0]].label,
        most=number(int(by_holder.iloc[0])),
    )
