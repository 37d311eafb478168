"""Whose word the reported dead are: each side's best number, split by who says it."""

import pandas as pd
from matplotlib.figure import Figure

from azawad_conflict.casualties import SERIES, SIDES, VOICES
from azawad_conflict.figures.parts import charts, style
from azawad_conflict.figures.parts.pages import Page, link
from azawad_conflict.language import _
from azawad_conflict.wording import listed

ROOM = 6  # people; a narrower part has its number above the bar


@charts.styled
def draw(by_voice: pd.DataFrame) -> Figure:
    """One bar per side, one part per voice, with its number on it.

    by_voice : casualties.by_voice by side. Unit: people, by the best numbers. Returns SVG text.
    """
    numbers = by_voice.set_index(["side", "voice"])["best"]
    figure, axes = charts.new_chart(height=charts.either(2.8, 3.3))
    charts.title(figure, _finding(by_voice))
    for y, side in enumerate(SIDES):
        # `free` is the least place, in people, of the number above the next narrow part.
        left, free = 0, float("-inf")
        for voice, look in style.VOICES.items():
            number = int(numbers.get((side, voice), 0))
            if not number:
                continue
            axes.barh(y, number, left=left, height=0.52, edgecolor=style.INK, linewidth=0.7, **look)
            narrow = number < charts.either(ROOM, 3 * ROOM)
            at = max(left + number / 2, free) if narrow else left + number / 2
            free = at + charts.either(2.2, 5.5) if narrow else free
            axes.annotate(
                str(number),
                (at, y + (0.36 if narrow else 0)),
                ha="center",
                va="center",
                fontsize=style.TEXT_SIZE,
                color=style.INK if narrow or "hatch" in look else charts.ink_on(look["facecolor"]),
                gid=style.HALO_GID if "hatch" in look and not narrow else None,
            )
            left += number
        axes.annotate(
            _("{number} in all").format(number=left),
            (left, y),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            **charts.VALUE_TEXT,
        )
    charts.rows_axis(axes, [SERIES[side] for side in SIDES])
    axes.set_xlim(0, float(by_voice.groupby("side")["best"].sum().max()) * 1.15)
    charts.x_label(axes, _("Reported killed, by the best numbers (people)"))
    said = [voice for voice in style.VOICES if voice in set(by_voice.loc[by_voice["best"] > 0, "voice"])]
    charts.legend(
        figure,
        [charts.part_key(VOICES[voice], edgecolor=style.INK, linewidth=0.7, **style.VOICES[voice]) for voice in said],
        columns=3,
    )
    return figure


def _finding(by_voice):
    """The largest part of both bars, as a title."""
    top = by_voice.loc[by_voice["best"].idxmax()]
    whole = int(by_voice.loc[by_voice["side"] == top["side"], "best"].sum())
    return _("{side}: {part} of {whole} reported dead rest on the word of {voice}").format(
        side=SERIES[top["side"]], part=top["best"], whole=whole, voice=VOICES[top["voice"]]
    )


def caption() -> str:
    """What is drawn, and where the claims are."""
    return _(
        "Each bar is the sum of the best numbers of one side, split by whose claim decides in each incident. "
        "Third parties: hospitals, monitors, residents and whom they elected, and the press on its own authority. Unit: people reported killed. Claims: {claims}."
    ).format(claims=link(Page.CLAIMS))


def alt(by_voice: pd.DataFrame) -> str:
    """What the figure shows, in words."""
    parts = [
        _("{name}: {words}").format(
            name=SERIES[str(side)],
            words=listed(
                _("{number} from {voice}").format(number=row["best"], voice=VOICES[row["voice"]])
                for row in rows.to_dict("records")
                if row["best"]
            ),
        )
        for side, rows in by_voice.groupby("side", sort=False)
    ]
    return _("Reported dead of each side by who says it. {parts}.").format(parts=_("; ").join(parts))
