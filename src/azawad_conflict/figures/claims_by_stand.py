"""The same dead, by who counts them: the range of the claims of each stand, incident by incident."""

from azawad_conflict.figures import charts
from azawad_conflict.wording import listed, short_date

# Colour and marker of a stand; they differ in shape and in lightness.
LOOKS = {
    "Hospital or monitor": ("#1c1b1a", "P"),
    "Party, on its own losses": ("#dc890a", "^"),
    "Residents and press": ("#5f7f95", "o"),
    "Officials, security sources": ("#0970b2", "s"),
    "Party, on its enemy's losses": ("#a41c5d", "v"),
    "Encyclopaedia page": ("#b5b2a6", "x"),
}
STEP = 0.2  # between the lines of one incident, in rows
TICKS = (0, 1, 2, 5, 10, 20, 50, 100)


@charts.styled
def draw(by_stand, rival):
    """One block per incident and group of victims, one line per stand from its lowest to its highest number.

    by_stand : reconciliation.rivals. rival : reconciliation.most_rival. Unit: people, on an axis that is logarithmic from one up. Returns SVG text.
    """
    blocks, ys, y = [], [], 0.0
    for _, block in by_stand.groupby(["event_id", "group"], sort=False):
        blocks.append(block)
        ys.append(y + charts.either(0, 0.62))  # on a phone two lines of label stand over a block
        y += STEP * len(block) + charts.either(0.34, 0.8)
    figure, axes = charts.new_chart(height=0.8 * y + 1.7)
    charts.title(figure, finding(rival))
    for top, block in zip(ys, blocks, strict=True):
        for line, row in enumerate(block.itertuples()):
            colour, marker = LOOKS[row.stand]
            at = top + line * STEP
            axes.hlines(at, row.low, row.high, color=colour, linewidth=2)
            axes.plot([row.low, row.high], [at, at], marker=marker, color=colour, **charts.MARK)
            if row.at_least:
                axes.annotate("+", (row.high, at), xytext=(6, 0), textcoords="offset points", va="center", **charts.VALUE_TEXT)
    middles = [top + STEP * (len(block) - 1) / 2 for top, block in zip(ys, blocks, strict=True)]
    charts.row_labels(axes, charts.either(middles, ys), [_label(block) for block in blocks], lift=0.14)
    axes.set_ylim(y - 0.2, -0.35)
    axes.set_xscale("symlog", linthresh=1, linscale=0.35)
    axes.set_xlim(-0.35, float(by_stand["high"].max()) * 1.5)
    axes.set_xticks(TICKS, [str(tick) for tick in TICKS])
    axes.minorticks_off()
    charts.x_label(axes, "Claimed killed (people; logarithmic from one up)")
    used = [stand for stand in LOOKS if stand in set(by_stand["stand"])]
    charts.legend(figure, [charts.line_key(stand, color=LOOKS[stand][0], marker=LOOKS[stand][1], **charts.MARK) for stand in used])
    return figure


def _label(block):
    row = block.iloc[0]
    return charts.wrapped(row["name"]) + "\n" + charts.wrapped(f"{row['victims']}, {short_date(row['date'])}")


def finding(rival):
    """The widest gap between those who count the same dead, as a title."""
    top = rival.iloc[0]
    return f"{top['victims']} dead of “{top['name']}”: {top['low']} or {top['high']}, depending on who counts"


def caption(by_stand, rival):
    """The finding, what is drawn, and where the claims are.

    rival : reconciliation.most_rival.
    """
    top = rival.iloc[0]
    return (
        f"{finding(rival)}, which is the widest gap ({top['low_stand'].lower()}; {top['high_stand'].lower()}). "
        "Each line spans the numbers that claimants of one stand give; a plus sign means “at least”. Discounted claims are left out. "
        "Unit: people claimed killed. Claims and sources: [](../claims.md)."
    )


def alt(by_stand, rival):
    """What the figure shows, in words."""
    parts = [f"{row.name}, {row.victims}: {row.low} from {row.low_stand.lower()}, {row.high} from {row.high_stand.lower()}" for row in rival.itertuples(index=False)]
    return f"Numbers of killed by who claims them, for {by_stand['event_id'].nunique()} incidents. Lowest against highest: {listed(parts)}."
