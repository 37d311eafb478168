"""Tables on the multiverse, with readers' headings."""

import pandas as pd

from azawad_conflict.multiverse import SWITCHES, TARGETS
from azawad_conflict.wording import cited, listed, short_date

HEADINGS = {"mnla": "MNLA and allies", "islamist": "Islamist groups", "everyone": "Everyone"}
WORDS = {switch.name: switch for switch in SWITCHES}


def switches() -> pd.DataFrame:
    """The choices with their options, one row per switch; option 0 is the published rule."""
    return pd.DataFrame(
        {
            "Choice": [switch.label for switch in SWITCHES],
            "Question": [switch.question for switch in SWITCHES],
            "Published rule": [f"0 {switch.options[switch.default]}" for switch in SWITCHES],
            "Other options": [
                "; ".join(f"{number} {words}" for number, words in enumerate(switch.options.values()) if number)
                for switch in SWITCHES
            ],
        }
    )


def spread(spread: pd.DataFrame) -> pd.DataFrame:
    """The published totals among all combinations, one row per target."""
    return pd.DataFrame(
        {
            "Killed": spread["target"].map(TARGETS),
            "Published": spread["published"],
            "Published range": [f"{row.low:,} to {row.high:,}" for row in spread.itertuples()],
            "Least": spread["least"],
            "Tenth": spread["tenth"].round().astype(int),
            "Median": spread["median"].round().astype(int),
            "Ninetieth": spread["ninetieth"].round().astype(int),
            "Most": spread["most"],
            "Below the published, %": spread["percentile"].round().astype(int),
        }
    )


def named(named: pd.DataFrame) -> pd.DataFrame:
    """Combinations with a name; one row per combination."""
    choices = [
        listed(f"{WORDS[name].label}: {WORDS[name].options[option]}" for name, option in row.items())
        for row in named["choices"]
    ]
    users = [
        "this report" if not chosen else cited(source) if isinstance(source, str) else "no source read"
        for chosen, source in zip(named["choices"], named["source_id"], strict=True)
    ]
    return pd.DataFrame(
        {
            "Combination": named["words"],
            "Chosen otherwise": [words if words != "none" else "" for words in choices],
            "Used by": users,
            **{HEADINGS[target]: named[target] for target in TARGETS},
        }
    )


def influence(influence: pd.DataFrame) -> pd.DataFrame:
    """The change by each option that alone leaves the published rule, one row per option."""
    others = influence[~influence["is_default"]]
    changes = others.pivot(index=["switch", "option"], columns="target", values="change")
    order = [(switch.name, option) for switch in SWITCHES for option in switch.options if option != switch.default]
    return pd.DataFrame(
        {
            "Choice": [WORDS[name].label for name, _ in order],
            "Otherwise": [WORDS[name].options[option] for name, option in order],
            **{HEADINGS[target]: [_signed(changes.loc[row, target]) for row in order] for target in TARGETS},
        }
    )


def _signed(change):
    """A change with its sign, zero without one."""
    return f"{change:+,}".replace("-", "−") if change else "0"


def incidents(spans: pd.DataFrame) -> pd.DataFrame:
    """The effect of the choices on each incident, one row per incident, a column per target."""
    cells = {(row.event_id, row.target): _span(row) for row in spans.itertuples()}
    shown = spans.drop_duplicates("event_id")
    return pd.DataFrame(
        {
            "Date": shown["date"].map(short_date),
            "Event": shown["name"],
            **{
                HEADINGS[target]: [cells.get((event_id, target), "") for event_id in shown["event_id"]]
                for target in TARGETS
            },
        }
    )


def _span(row):
    """The published number and its range over combinations, "6 (3–7)"; a dagger if some lack it."""
    span = f"{row.least:,}" if row.least == row.most else f"{row.least:,}–{row.most:,}"
    left_out = "" if row.always else " †"
    if pd.isna(row.published):
        return f"– ({span}){left_out}"
    return f"{row.published:,}{left_out}" if row.least == row.most else f"{row.published:,} ({span}){left_out}"
