"""The same dead, by who counts them: a row per claimant on the fights with the widest gaps."""

import textwrap

import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict.figures.parts import charts, style
from azawad_conflict.figures.parts.labels import unbroken
from azawad_conflict.figures.parts.pages import Page, link
from azawad_conflict.language import N_, _, number
from azawad_conflict.wording import counted, short_date

# Colour and marker of a stand: the colours are those of the voices, the shapes part them in grey. Triangles are sides.
LOOKS = {
    N_("Hospital or monitor"): (style.VOICES["third_party"]["facecolor"], "P"),
    N_("Party, on its own losses"): (style.VOICES["own_side"]["facecolor"], "D"),
    N_("Residents and press"): (style.VOICES["third_party"]["facecolor"], "o"),
    N_("Officials, security sources"): (style.VOICES["official"]["facecolor"], "s"),
    N_("Party, on its enemy's losses"): (style.VOICES["enemy"]["facecolor"], "*"),
    N_("Encyclopaedia page"): (style.VOICES["encyclopaedia"]["facecolor"], "X"),
}
FIGHTS = 4
TOLD_IN_ALT = 3  # gaps told one by one
ROW_IN = {False: 0.146, True: 0.166}  # by charts.NARROW
ROOM = 1.65  # of the largest number: how far the axis runs on, for the names
# Rows that the name of a fight and of a group of victims take, the room before the latter, and after a fight.
HEAD, VICTIMS, BEFORE, AFTER = 1.25, 1.0, 0.1, 0.4
UNKNOWN_ORIGIN = "not stated"
# A stand that the gap of the title leaves out.
OUTSIDE = "Encyclopaedia page"
OUTSIDE_LINE: style.Arguments = dict(color=style.MUTED, linewidth=0.8, linestyle=(0, (2, 2)))
OUTSIDE_MARK: style.Arguments = dict(markeredgecolor=style.MUTED)


@charts.styled
def draw(by_origin: pd.DataFrame, rival: pd.DataFrame) -> Figure:
    """Draw a row per origin and stand under each group of victims of the most disputed fights.

    by_origin : reconciliation.ranges_by_stand with a row per origin.
    rival : reconciliation.most_rival. Unit: people. Returns SVG text.
    """
    fights = [(event_id, rows) for event_id, rows in disputed(by_origin, rival).groupby("event_id", sort=False)]
    columns = charts.either(_halves(fights), [fights])
    rows = max(map(_height, columns))
    figure = charts.new_figure(ROW_IN[charts.NARROW.get()] * rows + charts.either(1.4, 2.2))
    charts.title(figure, finding(rival))
    most = float(disputed(by_origin, rival)["high"].max())
    for axes, column in zip(figure.subplots(1, len(columns), squeeze=False).ravel(), columns, strict=True):
        _draw_column(axes, column, most, rows)
    used = [stand for stand in LOOKS if stand in set(by_origin["stand"])]
    charts.legend(
        figure,
        [charts.line_key(_(stand), color=LOOKS[stand][0], marker=LOOKS[stand][1], **charts.MARK) for stand in used],
    )
    return figure


def disputed(by_origin: pd.DataFrame, rival: pd.DataFrame) -> pd.DataFrame:
    """The rows of the fights on which claimants lie furthest apart, in order of date.

    An origin whose number others repeat has one row, in the first stand of all that give it.
    """
    chosen = rival.drop_duplicates("event_id").head(FIGHTS)["event_id"]
    rows = by_origin[by_origin["event_id"].isin(chosen)]
    alike = [rows["event_id"], rows["group"], rows["origin"], rows["stand"].eq(OUTSIDE)]
    kept = dict.fromkeys(rows, "first") | {"low": "min", "high": "max", "at_least": "any"}
    return rows.groupby(alike, sort=False).agg(kept).reset_index(drop=True)


def _height(column):
    """Rows that the fights of a column take."""
    return sum(
        len(rows) + HEAD + _name(rows.iloc[0]).count("\n") + (VICTIMS + BEFORE) * rows["group"].nunique() + AFTER
        for _, rows in column
    )


def _name(row):
    """The name and date of a fight, in lines."""
    return textwrap.fill(unbroken(f"{_(row['name'])}, {short_date(row['date'])}"), 38)


def _halves(fights):
    """The fights in two columns of about the same height, in order."""
    cut = min(range(1, len(fights)), key=lambda cut: max(_height(fights[:cut]), _height(fights[cut:])))
    return [fights[:cut], fights[cut:]]


def _draw_column(axes, fights, most, whole):
    y = 0.0
    for _event, rows in fights:
        head = _name(rows.iloc[0])
        _words(axes, y + 0.5 * head.count("\n"), head, fontweight="bold")
        y += HEAD + head.count("\n")
        for _victims, group in rows.groupby("group", sort=False):
            y += BEFORE
            _words(
                axes,
                y,
                _("{victims}: killed").format(victims=_(group.iloc[0]["victims"])),
                style="italic",
                color=style.MUTED,
            )
            y += VICTIMS
            for row in group.itertuples():
                _draw_row(axes, y, row)
                y += 1
        y += AFTER
    axes.set_ylim(whole, -0.8)  # a row is as high in both columns
    axes.set_yticks([])
    axes.set_xlim(-charts.either(0.06, 0.05) * most, ROOM * most)
    axes.set_xticks(range(0, int(most) + 1, 20))
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_bounds(0, most)  # beyond it names run on
    axes.grid(axis="x")
    axes.set_xlabel(_("Claimed killed (people)"), loc="left")


def _words(axes, y, words, **look):
    """A heading over rows."""
    text = axes.annotate(
        words,
        (0, y),
        xycoords=("axes fraction", "data"),
        ha="left",
        va="center",
        gid=style.HALO_GID,
        **({"fontsize": style.TEXT_SIZE, "color": style.INK} | look),
    )
    text.set_in_layout(False)


def _draw_row(axes, y, row):
    """The span of an origin's numbers, its name and its numbers."""
    colour, marker = LOOKS[row.stand]
    outside = row.stand == OUTSIDE
    if row.low != row.high:
        axes.hlines(y, row.low, row.high, **(OUTSIDE_LINE if outside else dict(color=style.INK, linewidth=1.2)))
    axes.plot(
        [row.low, row.high],
        [y, y],
        marker=marker,
        color=colour,
        **(
            charts.MARK
            | {"markersize": 9 if marker == "*" else 6.5, "clip_on": False}
            | (OUTSIDE_MARK if outside else {})
        ),
    )
    numbers = number(row.low) if row.low == row.high else f"{number(row.low)}–{number(row.high)}"
    axes.annotate(
        f"{_origin(row)} {numbers}{'+' if row.at_least else ''}",
        (row.high, y),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        fontsize=style.SMALL_SIZE + 1,
        color=style.MUTED if outside else style.INK,
        style="italic" if outside else "normal",
        gid=style.HALO_GID,
    ).set_in_layout(False)


def _origin(row):
    """Whose number a row is, in words; one that an encyclopaedia alone carries says so."""
    words = _("origin not stated") if row.origin == UNKNOWN_ORIGIN else _(row.origin)
    relayed = row.stand == OUTSIDE and row.origin != "Wikipedia"
    return _("{origin}, after Wikipedia").format(origin=words) if relayed else words


def finding(rival: pd.DataFrame) -> str:
    """The widest gap between those who count the same dead, as a title."""
    top = rival.iloc[0]
    return _("{victims} dead of “{event}”: {low} to {high}, depending on who counts").format(
        victims=_(top["victims"]), event=_(top["name"]), low=top["low"], high=top["high"]
    )


def caption(rival: pd.DataFrame) -> str:
    """What is drawn, and where the claims are."""
    top, fights = rival.iloc[0], rival["event_id"].nunique()
    words = _(
        "The gap of the title is the widest ({low}; {high}); encyclopaedias, in grey, do not count for it. "
        "Drawn are {number} of {fights} on which claimants of different stands differ, those with the widest gaps; {table} has all. "
        "One row per origin of a number: that of an outlet close to a party is the party. A plus sign means “at least”. Discounted claims are left out. Unit: people claimed killed. Claims and sources: {claims}."
    )
    return words.format(
        low=_(top["low_stand"]).lower(),
        high=_(top["high_stand"]).lower(),
        number=min(FIGHTS, fights),
        fights=counted(fights, "fight"),
        table="{numref}`tab-reconciliation-rivals`",
        claims=link(Page.CLAIMS),
    )


def alt(by_origin: pd.DataFrame, rival: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    shown = rival[rival["event_id"].isin(disputed(by_origin, rival)["event_id"])]
    parts = [
        _("{event}, {victims}: {low} from {low_stand}, {high} from {high_stand}").format(
            event=_(row["name"]),
            victims=_(row["victims"]),
            low=row["low"],
            low_stand=_(row["low_stand"]).lower(),
            high=row["high"],
            high_stand=_(row["high_stand"]).lower(),
        )
        for row in shown.head(TOLD_IN_ALT).to_dict("records")
    ]
    return _("Marks of the killed by who claims them, for {fights} fights. The widest gaps: {parts}.").format(
        fights=shown["event_id"].nunique(), parts=_("; ").join(parts)
    )
