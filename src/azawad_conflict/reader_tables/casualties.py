"""Tables on casualties, with readers' headings."""

import pandas as pd

from azawad_conflict.casualties import GRADES, RANGE, SERIES, SIDES, VOICES
from azawad_conflict.wording import capital, number_range, short_date

ALONE = " (encyclopaedia pages alone)"


def incidents(ranges: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Casualties beside the base article's; one row per incident, victims and outcome."""
    article = {(row["event_id"], row["group"], row["outcome"]): number_range(row) for row in told.to_dict("records")}
    keys = zip(ranges["event_id"], ranges["group"], ranges["outcome"], strict=True)
    said = [number_range(row) + (ALONE if row["encyclopaedia_only"] else "") for row in ranges.to_dict("records")]
    return pd.DataFrame(
        {
            "Incident": ranges["name"] + ", " + ranges["date"].map(short_date),
            "Victims": ranges["victim_name"],
            "Outcome": ranges["outcome"],
            "Reported": said,
            "Best": [str(best) if pd.notna(best) else "" for best in ranges["best"]],
            "Base article": [article.get(key, "") for key in keys],
            "Claims": ranges["claims"],
            "Origins": ranges["origins"],
            "Grade": ranges["grade"].map(GRADES),
        }
    )


def outcomes(totals: pd.DataFrame) -> pd.DataFrame:
    """What is reported of each side in the fights between both, by outcome; one row per side.

    totals : casualties.totals by side and outcome.
    """
    cells = {(row["side"], row["outcome"]): row for row in totals.to_dict("records")}
    table = {"Side": [SERIES[side] for side in SIDES]}
    for outcome in ("killed", "wounded", "captured"):
        found = [cells.get((side, outcome)) for side in SIDES]
        table[outcome.capitalize()] = [number_range(row) if row else "not stated" for row in found]
        table[f"Incidents, {outcome}"] = [row["incidents"] if row else 0 for row in found]
    return pd.DataFrame(table)


def totals(totals: pd.DataFrame, told: pd.DataFrame, heading: str, column: str) -> pd.DataFrame:
    """Totals by one column beside the base article's; one row per group."""
    article = told.set_index(column)["best"]
    return pd.DataFrame(
        {
            heading: totals[column],
            "Reported": [number_range(row) for row in totals.to_dict("records")],
            "Best": totals["best"],
            "Base article": [int(article.get(group, 0)) for group in totals[column]],
            "Incidents": totals["incidents"],
            "Without a number": totals["unreported"],
        }
    )


def everyone(everyone: pd.DataFrame) -> pd.DataFrame:
    """Everyone reported killed, by incident; one row per incident."""
    return pd.DataFrame(
        {
            "Date": everyone["date"].map(short_date),
            "Event": everyone["name"],
            "Reported": [number_range(row) for row in everyone.to_dict("records")],
            "Best": everyone["best"],
            "Counted": everyone["separated"].map({True: "side by side", False: "together"}),
        }
    )


def voices(by_voice: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Whose claims make the sums, side by side; one row per voice, and one for the sum.

    by_voice, totals : casualties.by_voice and casualties.totals, by side.
    """
    rows = [*VOICES.items(), ("sum", "Together")]
    numbers = {(row["side"], row["voice"]): row for row in by_voice.to_dict("records")}
    numbers |= {(row["side"], "sum"): row for row in totals.to_dict("records")}
    table = {"Who says it": [capital(words) for _, words in rows]}
    for side in SIDES:
        for end in RANGE:
            table[f"{SERIES[side]}, {end}"] = [int(numbers.get((side, voice), {}).get(end, 0)) for voice, _ in rows]
    return pd.DataFrame(table)


def readings(reported: pd.DataFrame) -> pd.DataFrame:
    """The named readings with what each gives; one row per reading.

    reported : readings.reported.
    """
    cells = {(row["reading_id"], row["side"]): row for row in reported.to_dict("records")}
    named = reported.drop_duplicates("reading_id")
    table = {"Reading": named["name"].tolist(), "Whose claims": named["meaning"].tolist()}
    for side in SIDES:
        found = [cells[reading, side] for reading in named["reading_id"]]
        table[SERIES[side]] = [number_range(row) for row in found]
        table[f"Best, {SERIES[side]}"] = [f"{row['best']:,}" if row["reported"] else "" for row in found]
    return pd.DataFrame(table)


def left_out(moved: pd.DataFrame) -> pd.DataFrame:
    """What the totals are without one origin, claimant or source; one row per that and side.

    moved : readings.left_out.
    """
    return pd.DataFrame(
        {
            "Left out": moved["what"],
            "Side": moved["series"],
            "Low": _with_change(moved, "low"),
            "Best": _with_change(moved, "best"),
            "High": _with_change(moved, "high"),
        }
    )


def _with_change(moved, end):
    """A total and, in brackets, by how much it moved: "73 (−26)"."""
    signs = [f" ({change:+,})".replace("-", "−") if change else "" for change in moved[f"{end}_change"]]
    return [f"{total:,}{sign}" for total, sign in zip(moved[end], signs, strict=True)]
