"""The towns by holder over time as one stack, with what is presumed and what is not documented."""

import itertools

import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict import territory
from azawad_conflict.figures.parts import charts, style
from azawad_conflict.figures.parts.labels import TextLine, text_width
from azawad_conflict.figures.parts.pages import Page, link
from azawad_conflict.figures.territory.control_strip import LETTERS, holder_keys
from azawad_conflict.language import _, number
from azawad_conflict.wording import counted, number_or_none, short_day

# From bottom to top; what is not documented lies on top of all.
ORDER = (
    "mnla",
    "ansar_dine",
    "mujao",
    "aqim",
    "islamist_groups",
    "local_militia",
    "international_forces",
    "other_groups",
    "malian_state",
)
EACH_DAY: style.Arguments = dict(color=style.INK, linewidth=1.1)
# The axes run on, so that the line is whole where it is none, and where it jumps on the last day.
BELOW, AFTER = 0.4, pd.Timedelta(days=6)
HEIGHT_PT, BESIDE = 128, 40  # points of the axis of towns, and beside that of time, about
NAMED_MONTHS = 9, 15  # that the words "holder unknown" take on a page, and on a phone, about


@charts.styled
def draw(stack: pd.DataFrame, towns: pd.DataFrame) -> Figure:
    """Draw a column per month and a layer per holder: what is documented, above it hatched what is presumed.

    A line is the number documented on each day. Towns whose holder is unknown stay blank on top.

    stack : territory.towns_by_holder of the runs as drawn. Unit: towns. Returns SVG text.
    """
    figure, axes = charts.new_chart(height=charts.either(3.6, 4.9))
    charts.title(figure, finding(stack, towns))
    known = documented(stack)
    stack = territory.by_month(stack)
    floor = stack.iloc[:, 0] * 0
    axes.set(ylim=(-BELOW, len(towns)), xlim=(stack.index[0], stack.index[-1] + AFTER))
    lowest, highest = _over_the_month(known, stack.index)
    for presumed, actor in itertools.product((False, True), (*ORDER, "empty")):
        part = _part(stack, actor, presumed)
        if part.any():
            _layer(axes, floor, floor + part, _look(actor, presumed))
            if actor != "empty":
                # A name does not lie on the line of the days, and a letter only where there is no other room.
                clear = (
                    (floor.clip(lower=highest), floor + part)
                    if presumed
                    else (floor, (floor + part).clip(upper=lowest))
                )
                _name(axes, clear, (floor, floor + part), actor, presumed)
            floor = floor + part
    _mark(axes, known, stack.index[-1], len(towns))
    rooms = _part(stack, "unknown", False).iloc[:-1].rolling(charts.either(*NAMED_MONTHS), center=True).min()
    axes.annotate(
        _("holder unknown"),
        (
            rooms.idxmax(),
            len(towns) - rooms.max() / 2,
        ),  # in the middle of the widest room, below the days that are named
        ha="center",
        va="center",
        **charts.QUIET_TEXT,
    )
    axes.grid(False)
    axes.set_yticks([*range(0, len(towns) - 1, 5), len(towns)])
    axes.set_ylabel(_("Towns and posts"))
    charts.month_axis(axes)
    drawn = [actor for actor in ORDER if _part(stack, actor, False).any() or _part(stack, actor, True).any()]
    keys = holder_keys(drawn)
    keys += (
        [charts.part_key(_("Last force reported gone"), **style.EMPTY)] if _part(stack, "empty", False).any() else []
    )
    keys.append(charts.line_key(_("Documented"), **EACH_DAY))
    charts.legend(figure, keys)
    return figure


def _mark(axes, known, last, whole):
    """Draw the number documented on each day, and name the days of the finding over a line at each."""
    for look in ({"color": style.PAPER, "linewidth": 2.5}, EACH_DAY):
        axes.step([*known.index, last], [*known, known.iloc[-1]], where="post", **look)
    for day in _turns(known):
        right = day < known.index[0] + (known.index[-1] - known.index[0]) / 2
        axes.plot([day, day], [known[day], whole], color=style.INK, linewidth=0.9, linestyle=(0, (1, 1.5)))
        axes.annotate(
            charts.either(_("{number} on {day}"), "{number}").format(number=f"{known[day]:.0f}", day=short_day(day)),
            (day, whole),
            xytext=(3 if right else -3, -4),
            textcoords="offset points",
            ha="left" if right else "right",
            va="top",
            fontweight="bold",
            **charts.VALUE_TEXT,
        )


def _look(actor, presumed):
    """How the layer of a holder is filled, or that of the towns whose last force is reported gone."""
    if actor == "empty":
        return style.EMPTY
    holder = charts.holder(actor)
    light = charts.ink_on(holder.colour)
    if presumed:
        return dict(facecolor=holder.colour, hatch=style.HATCH + holder.texture, edgecolor=light, linewidth=0)
    # A dark layer has a light edge, which parts it from another.
    edge = light if holder.texture else style.INK
    return dict(facecolor=holder.colour, hatch=holder.texture, edgecolor=edge, linewidth=0.3)


def _name(axes, clear, whole, actor, presumed):
    """Write a holder's name in its layer where that is widest, else its letter; nothing where neither fits.

    clear, whole : lower and upper ends of the layer, without the line of the days and with it.
    """
    letter = LETTERS[actor]
    for words, layer in ((style.HOLDERS[actor].short_label, clear), (letter, whole)):
        points, place = _room(axes, *layer)
        haloed = presumed or words == letter or bool(style.HOLDERS[actor].texture)
        if text_width(TextLine(words, style.SMALL_SIZE, "bold")) < points - 2:
            axes.annotate(
                words,
                place,
                ha="center",
                va="center",
                fontsize=style.SMALL_SIZE,
                fontweight="bold",
                color=style.INK if haloed else charts.ink_on(style.HOLDERS[actor].colour),
                gid=style.HALO_GID if haloed else None,
            )
            return


def _room(axes, floor, top):
    """The widest room for a line of words in a layer: its points, and its middle."""
    half = style.SMALL_SIZE / 2 * axes.get_ylim()[1] / HEIGHT_PT
    per_day = (charts.width() * style.POINTS_PER_INCH - BESIDE) / (floor.index[-1] - floor.index[0]).days
    rooms = [(0.0, (floor.index[0], 0.0))]
    for y in (floor + (top - floor) / 2)[top - floor >= 2 * half].unique():
        inside = (floor <= y - half) & (top >= y + half)
        inside.iloc[-1] = False
        for _stretch, months in inside[inside].groupby((~inside).cumsum()):
            first, last = months.index[0], floor.index[floor.index.get_loc(months.index[-1]) + 1]
            rooms.append(((last - first).days * per_day, (first + (last - first) / 2, y)))
    return max(rooms, key=lambda room: room[0])


def _over_the_month(known, months):
    """The least and the highest number of known towns from each month of a stack to the next."""
    daily = known.reindex(pd.date_range(known.index[0], months[-1])).ffill()
    parts = daily.groupby(months[months.searchsorted(daily.index, side="right") - 1])
    return parts.min().reindex(months, method="ffill"), parts.max().reindex(months, method="ffill")


def _layer(axes, floor, top, look):
    """Fill one layer as steps, stretch by stretch.

    Days on which the layer does not move are left out, which keeps the drawing light.
    """
    there = top.gt(floor)
    for _stretch, within in there[there].groupby((~there).cumsum()):
        after = floor.index[floor.index.get_loc(within.index[-1]) + 1]
        moved = floor.ne(floor.shift()) | top.ne(top.shift())
        days = [within.index[0], *within.index[1:][moved[within.index[1:]]]]
        axes.fill_between(
            [*days, after], [*floor[days], floor[days[-1]]], [*top[days], top[days[-1]]], step="post", **look
        )


def _part(stack, holder, presumed):
    return stack[holder, presumed] if (holder, presumed) in stack else stack.iloc[:, 0] * 0


def documented(stack: pd.DataFrame) -> pd.Series:
    """Towns with a documented holder on each day of change."""
    return (
        stack.drop(columns=[column for column in stack.columns if column[0] in ("unknown", "empty") or column[1]])
        .sum(axis=1)
        .iloc[:-1]
    )


def _turns(known):
    """The day on which most are documented, and the one after it on which fewest are."""
    most = known.idxmax()
    return most, known[most:].idxmin()


def finding(stack: pd.DataFrame, towns: pd.DataFrame) -> str:
    """How much is documented at best, and how little later, as a title."""
    known = documented(stack)
    most, least = _turns(known)
    return _("Of {whole} towns and posts, sources document a holder of {most} on {best}, of {least} on {later}").format(
        whole=len(towns),
        most=f"{known[most]:.0f}",
        best=short_day(most),
        least=number_or_none(int(known[least]), "places"),
        later=short_day(least),
    )


def caption(carried: pd.DataFrame) -> str:
    """How to read it, and where the rows are. carried : territory.carried_back."""
    words = _(
        "Named are the first day on which most are documented, and the first one after it on which fewest are; the black line is the number on each day. It rises and falls with the reports, and does not say how many towns anybody held. "
        "Each month is a column of all towns, by the days that each holder has them; a town that several share is split evenly between them. "
        "Blank: holder unknown, which does not say that nobody was there. Claims: {claims}."
    )
    return " ".join([words.format(claims=link(Page.CLAIMS_CONTROL)), *told_later(carried)])


def told_later(carried: pd.DataFrame) -> list[str]:
    """What documents towns on the last day alone, if anything does. carried : territory.carried_back."""
    words = _("{towns} are documented on the last day by later reports, carried back to it.")
    return [words.format(towns=counted(carried["place_id"].nunique(), "town"))] if len(carried) else []


def alt(stack: pd.DataFrame, towns: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    known = documented(stack)
    middle = {
        when: stack.index[stack.index <= pd.Timestamp(when)][-1] for when in ("2012-06-26", "2013-03-31", "2014-12-31")
    }
    parts = []
    for when, day_of in middle.items():
        row = {actor: _part(stack, actor, False)[day_of] for actor in ORDER}
        told = ", ".join(f"{style.HOLDERS[actor].label} {_in_parts(held)}" for actor, held in row.items() if held)
        parts.append(_("{day}: {words}").format(day=short_day(pd.Timestamp(when)), words=told))
    return _(
        "Stack of {towns} by documented holder over time; a town that several share is split evenly between them. At most {most} are documented. In towns, {parts}."
    ).format(towns=counted(len(towns), "town"), most=f"{known.max():.0f}", parts=_("; ").join(parts))


def _in_parts(held):
    """A number of towns, those that several share in tenths: "2.3", and "2" where all are whole."""
    tenths = round(held, 1)
    return number(int(tenths) if tenths == int(tenths) else float(tenths))
