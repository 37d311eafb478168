"""The MNLA and every other party over time: shared towns, accords, talks, breaks and fights."""

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.path import Path

from azawad_conflict.figures.parts import charts, style
from azawad_conflict.figures.parts.pages import Page, link
from azawad_conflict.language import N_, WordsByKey, _, month_in_words
from azawad_conflict.wording import listed

# Rows from top to bottom: the actors of each and its name, by the holder whose colour it takes.
ROWS = {
    "ansar_dine": (("ansar_dine",), N_("Ansar Dine")),
    "mujao": (("mujao",), N_("MUJAO")),
    "aqim": (("aqim", "signatories_in_blood", "al_mourabitoun"), N_("AQIM, Signatories in Blood")),
    "islamist_groups": (("islamist_groups", "fulani_islamists"), N_("Islamist groups, not named")),
    "mia": (("mia",), N_("MIA")),
    "hcua": (("hcua",), N_("HCUA")),
    "maa": (("maa", "fnla"), N_("MAA")),
    "malian_state": (("malian_state", "malian_army"), N_("Malian state and army")),
    "international_forces": (
        ("french_forces", "chadian_forces", "nigerien_forces", "un_forces"),
        N_("French, African, UN forces"),
    ),
    "gatia": (("gatia",), N_("GATIA")),
}
# In a sentence, where that is not as in a row.
IN_A_SENTENCE = WordsByKey({"malian_state": "the Malian state and army"})
# A ring with a line through it: an accord that is broken off.
_BROKEN = Path.make_compound_path(Path.unit_circle(), Path([(-1.3, -1.3), (1.3, 1.3)]))
MARKS: dict[str, tuple[str, style.Arguments]] = {
    "agreed": (
        N_("accord"),
        dict(marker="o", markersize=7, markerfacecolor=style.PAPER, markeredgecolor=style.INK, markeredgewidth=1.3),
    ),
    "talked": (
        N_("talks"),
        dict(marker="o", markersize=4, markerfacecolor=style.INK, markeredgecolor=style.INK, markeredgewidth=0),
    ),
    "broke_off": (
        N_("accord broken off"),
        dict(marker=_BROKEN, markersize=9, markerfacecolor=style.PAPER, markeredgecolor=style.INK, markeredgewidth=1.3),
    ),
    "fought": (N_("fight or attack"), dict(marker="x", markersize=5.5, markeredgecolor=style.INK, markeredgewidth=1.5)),
    "arrested": (
        N_("arrest"),
        dict(marker="s", markersize=4.5, markerfacecolor=style.PAPER, markeredgecolor=style.INK, markeredgewidth=1.1),
    ),
}
BELOW = ("fought", "arrested")  # under the bar, so that an accord on the same day stays legible
BAR_HEIGHT = 0.34
# From the middle of a row up to its bars and accords, and down to its fights; by charts.NARROW.
LIFT, DROP = {False: 0.14, True: 0.0}, {False: 0.26, True: 0.3}
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
    lift, drop = LIFT[charts.NARROW.get()], DROP[charts.NARROW.get()]
    figure, axes = charts.new_chart(height=charts.either(0.36, 0.42) * len(rows) + charts.either(1.5, 1.9))
    charts.title(figure, finding(dealings))
    for y, (holder, actors) in enumerate(rows.items()):
        axes.axhline(y + charts.either(0.5, 0.4), color=style.GRID, linewidth=0.6, zorder=0)
        shown = charts.holder(style.DRAWN_AS.get(holder, holder))
        look: style.Arguments = dict(
            facecolor=shown.colour, hatch=shown.texture, hatchcolor=charts.ink_on(shown.colour), edgecolor=style.INK
        )
        for start, end in _stretches(beside[beside["party"].isin(actors)]):
            axes.barh(
                y - lift, end - start, left=start, height=BAR_HEIGHT, linewidth=0.6, zorder=1, clip_on=False, **look
            )
        events = dealings[dealings["party"].isin(actors)]
        for manner, (_words, look) in MARKS.items():
            chosen = events[events["manner"] == manner]
            days = [y + (drop if manner in BELOW else -lift)] * len(chosen)
            if manner not in BELOW:
                axes.plot(chosen["earliest"], days, linestyle="none", zorder=3, **(look | _casing(look)))
            for marks in axes.plot(chosen["earliest"], days, linestyle="none", zorder=3, clip_on=False, **look):
                marks.set_in_layout(False)
        fights = int((events["manner"] == "fought").sum())
        axes.annotate(
            str(fights),
            (1, y + drop),
            xycoords=axes.get_yaxis_transform(),
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
            fontsize=style.TEXT_SIZE,
            color=style.INK,
        )
    axes.annotate(
        _("Fights, attacks"),
        (1, -0.5),
        xycoords=axes.get_yaxis_transform(),
        xytext=(7, 0),
        textcoords="offset points",
        va="center",
        **charts.ROW_TEXT,
    )
    charts.rows_axis(axes, [_(ROWS[holder][1]) for holder in rows], beside=0)
    axes.grid(False)
    # On a phone the axis begins where the drawing does, and a mark on its first days would leave it.
    early = pd.Timedelta(days=charts.either(0, 21))
    axes.set(xlim=(pd.Timestamp(first) - early, pd.Timestamp(last) + pd.Timedelta(days=1)))
    charts.month_axis(axes)
    keys: list[Artist] = [
        charts.part_key(
            charts.wrapped(_("shares a town with the MNLA, in its row's colour")),
            facecolor=style.PAPER,
            edgecolor=style.INK,
            linewidth=0.6,
        )
    ]
    keys += [charts.line_key(_(words), linestyle="none", **look) for words, look in MARKS.values()]
    charts.legend(figure, keys)
    return figure


def _stretches(beside):
    """The stretches of days on which a party shares any town, [start, end): towns and changes of a third holder are no bounds."""
    found = []
    for run in beside.sort_values("start").itertuples():
        if found and run.start <= found[-1][1]:
            found[-1][1] = max(found[-1][1], run.end)
        else:
            found.append([run.start, run.end])
    return found


def _casing(look):
    """A light ground around a ring, which parts it from a dark bar."""
    return dict(markersize=look["markersize"] + 3, markeredgewidth=0)


def placed(dealings: pd.DataFrame) -> pd.DataFrame:
    """The events of a party that has a row, with days known closely enough to be drawn."""
    drawn = dealings["party"].isin([actor for actors, _name in ROWS.values() for actor in actors])
    return dealings[drawn & (dealings["latest"] - dealings["earliest"]).lt(WITHIN)]


def _rows(dealings, beside):
    """The rows for which there is anything: holder to its actors."""
    there = set(dealings["party"]) | set(beside["party"])
    return {holder: actors for holder, (actors, _name) in ROWS.items() if there & set(actors)}


def _fights(dealings, manner="fought"):
    """Fights of the MNLA with each row, or what else it did so often, the most first."""
    fights = dealings[dealings["manner"] == manner]
    numbers = {_(ROWS[holder][1]): int(fights["party"].isin(ROWS[holder][0]).sum()) for holder in ROWS}
    return pd.Series(numbers).sort_values(ascending=False, kind="stable")


def finding(dealings: pd.DataFrame) -> str:
    """With whom and when the MNLA signed an agreement after which it fought them, as a title."""
    both = []
    for holder, (actors, name) in ROWS.items():
        events = dealings[dealings["party"].isin(actors)]
        agreed = events.loc[events["kind"] == "agreement", "earliest"]
        fought = events.loc[events["manner"] == "fought", "earliest"]
        # A fight comes after the last accord before it, and says nothing of the earlier ones.
        broken = sorted({agreed[agreed < when].max() for when in fought if agreed.lt(when).any()})
        if broken:
            both.append(
                _("{party} in {months}").format(
                    party=IN_A_SENTENCE.get(holder, _(name)), months=listed(map(month_in_words, broken))
                )
            )
    return (
        _("The MNLA signed with {parties}, and is reported to have fought them afterwards").format(parties=listed(both))
        if both
        else _("The MNLA fought nobody with whom it had signed")
    )


def caption(dealings: pd.DataFrame) -> str:
    """How to read it, and where the rows are."""
    drawn = placed(dealings)
    words = _(
        "Drawn are {part} of {whole} dated events between the MNLA and others: those with these parties that are dated to a quarter or better, each at the first of its possible days. "
        "Bars: days on which both are documented in one town without fighting for it. "
        "Where there is no mark, nothing was read, which is not to say that nothing happened. Events: {events}; towns: {towns}."
    )
    return words.format(
        part=len(drawn), whole=len(dealings), events=link(Page.CLAIMS_EVENTS), towns=link(Page.CLAIMS_CONTROL)
    )


def alt(dealings: pd.DataFrame, beside: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    drawn = placed(dealings)
    shared = [
        _(ROWS[holder][1]) for holder, actors in _rows(drawn, beside).items() if beside["party"].isin(actors).any()
    ]
    told = {}
    for manner in ("agreed", "talked", "broke_off", "fought"):
        numbers = _fights(drawn, manner)
        told[manner] = _("; ").join(f"{name} {number}" for name, number in numbers[numbers > 0].items()) or 0
    return _(
        "{finding}. A row per party over time. Accords: {agreed}. Talks: {talked}. Accords broken off: {broke_off}. Fights or attacks: {fought}. Arrests: {arrested} in all. "
        "Towns are shared with {parties}."
    ).format(finding=finding(drawn), **told, arrested=_fights(drawn, "arrested").sum(), parties=listed(shared))
