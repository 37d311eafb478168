"""Tables on the multiverse, with readers' headings."""

import pandas as pd

from azawad_conflict.language import WordsByKey, _, number, said
from azawad_conflict.multiverse import SWITCHES, TARGETS
from azawad_conflict.reader_tables.casualties import signed
from azawad_conflict.wording import cited, listed, short_date

HEADINGS = WordsByKey({"mnla": "MNLA and allies", "islamist": "Islamist groups", "everyone": "Everyone"})
WORDS = {switch.name: switch for switch in SWITCHES}


def switches() -> pd.DataFrame:
    """The choices with their options, one row per switch; option 0 is the published rule."""
    return pd.DataFrame(
        {
            _("Choice"): [_(switch.label) for switch in SWITCHES],
            _("Question"): [_(switch.question) for switch in SWITCHES],
            _("Published rule"): [f"{_(switch.options[switch.default])} (0)" for switch in SWITCHES],
            _("Other options"): [
                _("; ").join(f"{_(words)} ({digit})" for digit, words in enumerate(switch.options.values()) if digit)
                for switch in SWITCHES
            ],
        }
    )


def spread(spread: pd.DataFrame) -> pd.DataFrame:
    """The published totals among all combinations, one row per target."""
    return pd.DataFrame(
        {
            _("Killed"): spread["target"].map(TARGETS),
            _("Published"): spread["published"],
            _("Published range"): [
                _("{low} to {high}").format(low=number(low), high=number(high))
                for low, high in zip(spread["low"], spread["high"], strict=True)
            ],
            _("Least"): spread["least"],
            _("Tenth"): spread["tenth"].round().astype(int),
            _("Median"): spread["median"].round().astype(int),
            _("Ninetieth"): spread["ninetieth"].round().astype(int),
            _("Most"): spread["most"],
            _("Below the published, %"): spread["percentile"].round().astype(int),
        }
    )


def named(named: pd.DataFrame) -> pd.DataFrame:
    """Combinations with a name; one row per combination."""
    choices = [listed(_chosen(name, option) for name, option in row.items()) if row else "" for row in named["choices"]]
    users = [
        _("this report") if not chosen else cited(source) if isinstance(source, str) else _("no source read")
        for chosen, source in zip(named["choices"], named["source_id"], strict=True)
    ]
    return pd.DataFrame(
        {
            _("Combination"): named["words"].map(_),
            _("Chosen otherwise"): choices,
            _("Used by"): users,
            **{HEADINGS[target]: named[target] for target in TARGETS},
        }
    )


def _chosen(name, option):
    """A choice and the option taken."""
    return _("{choice}: {option}").format(choice=_(WORDS[name].label), option=_(WORDS[name].options[option]))


def influence(influence: pd.DataFrame) -> pd.DataFrame:
    """The change by each option that alone leaves the published rule, one row per option."""
    others = influence[~influence["is_default"]]
    changes = others.pivot(index=["switch", "option"], columns="target", values="change")
    order = [(switch.name, option) for switch in SWITCHES for option in switch.options if option != switch.default]
    return pd.DataFrame(
        {
            _("Choice"): [_(WORDS[name].label) for name, option in order],
            _("Otherwise"): [_(WORDS[name].options[option]) for name, option in order],
            **{HEADINGS[target]: [signed(changes.loc[row, target]) for row in order] for target in TARGETS},
        }
    )


def incidents(spans: pd.DataFrame) -> pd.DataFrame:
    """The effect of the choices on each incident, one row per incident, a column per target."""
    cells = {(row.event_id, row.target): _span(row) for row in spans.itertuples()}
    shown = spans.drop_duplicates("event_id")
    return pd.DataFrame(
        {
            _("Date"): shown["date"].map(short_date),
            _("Event"): said(shown["name"]),
            **{
                HEADINGS[target]: [cells.get((event_id, target), "") for event_id in shown["event_id"]]
                for target in TARGETS
            },
        }
    )


def _span(row):
    """The published number and its range over combinations, "6 (3 to 7)"; a dagger if some lack it."""
    ends = [number(row.least), number(row.most)]
    span = ends[0] if row.least == row.most else _("{low} to {high}").format(low=ends[0], high=ends[1])
    left_out = "" if row.always else "\u00a0†"
    if pd.isna(row.published):
        return _("not counted ({span})").format(span=span) + left_out
    published = number(row.published)
    return f"{published}{left_out}" if row.least == row.most else f"{published} ({span}){left_out}"
