"""Reported deaths incident by incident, with ranges, and a mark where no number is reported."""

import textwrap

from azawad_conflict.figures import charts
from azawad_conflict.wording import counted, number_range, short_date

PART = {True: "is part of", False: "is not part of"}
LABEL_WIDTH = 40  # characters of a label before it wraps


@charts.styled
def draw(killed):
    """One row per incident and group of victims: best as a mark, low to high as a line, "not stated" in words.

    killed : casualties.incident_ranges of outcome "killed". Unit: people. Returns SVG text.
    """
    rows = killed.reset_index(drop=True)
    figure, axes = charts.new_chart(height=0.4 * len(rows) + 1.1)
    for y, row in rows.iterrows():
        if not row["reported"]:
            axes.annotate("not stated", (0, y), xytext=(6, 0), textcoords="offset points", va="center", **charts.QUIET_TEXT)
            continue
        colour, marker = charts.SERIES[row["series"]]
        axes.hlines(y, row["low"], row["high"], color=colour, linewidth=3)
        axes.plot(row["best"], y, marker=marker, color=colour, **charts.MARK)
        axes.annotate(number_range(row), (row["high"], y), xytext=(8, 0), textcoords="offset points", va="center", **charts.VALUE_TEXT)
    charts.rows_axis(axes, [_label(row) for _, row in rows.iterrows()])
    axes.set_xlim(-2, float(rows["high"].max()) * 1.15)
    axes.set_xlabel("Reported killed (people)")
    charts.legend(figure, [charts.series_key(series) for series in charts.SERIES if series in set(rows["series"])])
    return figure


def _label(row):
    return textwrap.fill(row["name"], LABEL_WIDTH) + "\n" + textwrap.fill(f"{row['victim_name']}, {short_date(row['date'])}", LABEL_WIDTH)


def caption(killed):
    """The finding, what is drawn, and the source."""
    silent = int((~killed["reported"]).sum())
    top = killed.loc[killed["best"].astype("Float64").idxmax()]
    return (
        f"The article's largest number, {number_range(top)}, {PART[top['scope'] == 'core' and top['violence_type'] == 'non_state']} the conflict between both sides; "
        f"for {counted(silent, 'group of victims', 'groups of victims')} it gives no number. "
        "Mark: best; line: low to high. Unit: people reported killed. A count of reported deaths: a minimum, not an estimate. "
        "Source: {cite:t}`wikipedia_azawad`."
    )


def alt(killed):
    """What the figure shows, in words."""
    parts = [f"{row['name']}, {row['victim_name']}: {number_range(row)}" for _, row in killed.iterrows()]
    return "Reported deaths by incident. " + "; ".join(parts) + "."
