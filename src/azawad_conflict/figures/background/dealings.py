"""The MNLA and every other party over time: shared towns, accords, talks, breaks and fights."""

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from azawad_conflict.figures.parts import charts, style
from azawad_conflict.figures.parts.pages import Page, link
from azawad_conflict.wording import counted, listed

# Rows from top to bottom: the actors of each, its name, and the holder whose colour it takes.
ROWS = {
    "ansar_dine": (("ansar_dine",), "Ansar Dine"),
    "mujao": (("mujao",), "MUJAO"),
    "aqim": (("aqim", "signatories_in_blood", "al_mourabitoun"), "AQIM, Signatories in Blood"),
    "islamist_groups": (("islamist_groups", "fulani_islamists"), "Islamist groups, not named"),
    "mia": (("mia",), "MIA"),
    "hcua": (("hcua",), "HCUA"),
    "maa": (("maa", "fnla"), "MAA"),
    "malian_state": (("malian_state", "malian_army"), "Malian state and army"),
    "international_forces": (
        ("french_forces", "chadian_forces", "nigerien_forces", "un_forces"),
        "French, African, UN forces",
    ),
    "gatia": (("gatia",), "GATIA"),
}
MARKS: dict[str, tuple[str, style.Arguments]] = {
    "agreed": (
        "accord or support",
        dict(marker="o", markersize=7, markerfacecolor=style.PAPER, markeredgecolor=style.INK, markeredgewidth=1.3),
    ),
    "talked": (
        "talks",
        dict(marker="o", markersize=4.5, markerfacecolor=style.PAPER, markeredgecolor=style.INK, markeredgewidth=1.0),
    ),
    "broke_off": ("accord broken off", dict(marker="|", markersize=12, markeredgecolor=style.INK, markeredgewidth=2.2)),
    "fought": (
        "fight, bombing or arrest",
        dict(marker="x", markersize=5.5, markeredgecolor="#8c2d3c", markeredgewidth=1.5),
    ),
}
BAR_HEIGHT = 0.34
# An event whose possible days span more has no place on the axis.
WITHIN = pd.Timedelta(days=92)


@charts.styled
def draw(dealings: pd.DataFrame, beside: pd.DataFrame, first: str | pd.Timestamp, last: str | pd.Timestamp) -> Figure:
    """Draw one row per party: bars while it shares a town with the MNLA, a mark per dated event.

    dealings : actors.dealings. beside : actors.beside. first, last : of the axis of time.
    An event with several possible days stands at the first. Returns SVG text.
    """
    dealings = placed(dealings)
    rows = _rows(dealings, beside)
    figure, axes = charts.new_chart(height=0.36 * len(rows) + charts.either(1.5, 1.9))
    charts.title(figure, finding(dealings))
    for y, (holder, actors) in enumerate(rows.items()):
        axes.axhline(y, color=style.GRID, linewidth=0.6, zorder=0)
        colour = charts.holder(style.DRAWN_AS.get(holder, holder)).colour
        for run in beside[beside["party"].isin(actors)].to_dict("records"):
            axes.barh(
                y,
                run["end"] - run["start"],
                left=run["start"],
                height=BAR_HEIGHT,
                facecolor=colour,
                linewidth=0,
                zorder=1,
            )
        events = dealings[dealings["party"].isin(actors)]
        for manner, (_, look) in MARKS.items():
            chosen = events[events["manner"] == manner]
            # A fight stands under the line, so that an accord on the same day stays legible.
            shift = 0.0 if manner != "fought" else 0.26
            axes.plot(chosen["earliest"], [y + shift] * len(chosen), linestyle="none", zorder=3, **look)
    charts.rows_axis(axes, [ROWS[holder][1] for holder in rows], beside=0)
    axes.grid(False)
    axes.set(xlim=(pd.Timestamp(first), pd.Timestamp(last)))
    charts.month_axis(axes)
    keys: list[Artist] = [charts.part_key("shares a town with the MNLA", facecolor=style.MUTED)]
    keys += [charts.line_key(words, linestyle="none", **look) for words, look in MARKS.values()]
    charts.legend(figure, keys, columns=3)
    return figure


def placed(dealings: pd.DataFrame) -> pd.DataFrame:
    """The events of a party that has a row, with days known closely enough to be drawn."""
    drawn = dealings["party"].isin([actor for actors, _ in ROWS.values() for actor in actors])
    return dealings[drawn & (dealings["latest"] - dealings["earliest"]).lt(WITHIN)]


def _rows(dealings, beside):
    """The rows for which there is anything: holder to its actors."""
    there = set(dealings["party"]) | set(beside["party"])
    return {holder: actors for holder, (actors, _) in ROWS.items() if there & set(actors)}


def _fights(dealings):
    """Fights of the MNLA with each row, the most first."""
    fights = dealings[dealings["manner"] == "fought"]
    numbers = {ROWS[holder][1]: int(fights["party"].isin(ROWS[holder][0]).sum()) for holder in ROWS}
    return pd.Series(numbers).sort_values(ascending=False, kind="stable")


def finding(dealings: pd.DataFrame) -> str:
    """With whom the MNLA signed an agreement and fought after it, as a title."""
    both = []
    for actors, name in ROWS.values():
        events = dealings[dealings["party"].isin(actors)]
        agreed = events.loc[events["kind"] == "agreement", "earliest"]
        fought = events.loc[events["manner"] == "fought", "earliest"]
        if len(agreed) and (fought > agreed.min()).any():
            both.append("the " + name if name.startswith("Malian") else name)
    return (
        f"The MNLA signed with {listed(both)}, and fought them after it"
        if both
        else "The MNLA fought nobody with whom it had signed"
    )


def caption(dealings: pd.DataFrame) -> str:
    """How to read it, and where the rows are."""
    drawn = placed(dealings)
    fights = _fights(drawn)
    return (
        f"Drawn are {len(drawn)} of {len(dealings)} dated events between the MNLA and others: those with these parties that are dated to a quarter or better; most fights, {fights.iloc[0]}, are with {fights.index[0]}. "
        "Bars: days on which both are documented in one town without fighting for it. An event with several possible days stands at the first of them. "
        f"No mark says that nothing was read, not that nothing happened. Unit: events, days. Events: {link(Page.CLAIMS_EVENTS)}; towns: {link(Page.CLAIMS_CONTROL)}."
    )


def alt(dealings: pd.DataFrame, beside: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    parts, dealings = [], placed(dealings)
    for holder, actors in _rows(dealings, beside).items():
        events = dealings[dealings["party"].isin(actors)]["manner"].value_counts()
        words = {"agreed": "accord", "talked": "talk", "broke_off": "break", "fought": "fight"}
        told = [counted(int(events[manner]), word) for manner, word in words.items() if manner in events]
        days = beside[beside["party"].isin(actors)]
        told += [f"shared a town from {days['start'].min():%B %Y}"] if len(days) else []
        parts.append(f"{ROWS[holder][1]}: {', '.join(told)}")
    return f"The MNLA and other parties over time. {finding(dealings)}. {'; '.join(parts)}."
