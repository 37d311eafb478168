"""Tables on casualties, with readers' headings."""

import pandas as pd

from azawad_conflict.casualties import DENIED, GRADES, RANGE, SERIES, SIDES, VOICES, core_killed, total
from azawad_conflict.language import WordsByKey, _, number, said
from azawad_conflict.wording import capital, number_range, short_date, within

OUTCOMES = WordsByKey({"killed": "killed", "wounded": "wounded", "captured": "captured"})
REPORTED_OF = WordsByKey({"killed": "{side}, killed", "wounded": "{side}, wounded", "captured": "{side}, captured"})
THEIR_ENEMYS = WordsByKey(
    {
        "low": "{grade}; the low is their enemy's",
        "high": "{grade}; the high is their enemy's",
        "low high": "{grade}; low and high are their enemy's",
    }
)
# Civilians, and bodies whose side nobody tells, belong to no party to the fight and have no enemy.
OF_NO_SIDE = ("civilian", "unseparated")
PARTYS_VOICES = WordsByKey({"own_side": "a party to the fight", "enemy": "a party to the fight"})
PARTYS_GRADES = WordsByKey(
    {
        "corroborated": "told by a party to the fight and from outside",
        "own_side": "told by a party to the fight, not from outside",
        "enemy": "told by a party to the fight, not from outside",
    }
)


def incidents(ranges: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Casualties beside the base article's; one row per incident, victims and outcome. Rows that the totals add up say so."""
    # The article's own number, also where the rule sets a low to none because whose people they were is disputed.
    told = told.assign(low=told["lowest"])
    article = {(row["event_id"], row["group"], row["outcome"]): number_range(row) for row in told.to_dict("records")}
    keys = zip(ranges["event_id"], ranges["group"], ranges["outcome"], strict=True)
    added = ranges.index.isin(core_killed(ranges[ranges["reported"]]).index)
    outcomes = ranges["outcome"].map(OUTCOMES)
    return pd.DataFrame(
        {
            _("Incident"): said(ranges["name"]) + ", " + ranges["date"].map(short_date),
            _("Victims"): said(ranges["victim_name"]),
            _("Outcome"): [
                _("{outcome}, added").format(outcome=words) if adds else words
                for words, adds in zip(outcomes, added, strict=True)
            ],
            _("Reported"): [_reported(row) for row in ranges.to_dict("records")],
            _("Best"): [str(best) if pd.notna(best) else "" for best in ranges["best"]],
            _("Whose word the best is"): [_spoken_by(row) for row in ranges.to_dict("records")],
            _("Base article"): [article.get(key, "") for key in keys],
            _("Claims"): ranges["claims"],
            _("Origins"): ranges["origins"],
            _("Grade"): [_graded(row) for row in ranges.to_dict("records")],
        }
    )


def _spoken_by(row):
    """Whose word the best is, or nothing where nobody gives one."""
    words = VOICES.get(row["best_voice"], "")
    return PARTYS_VOICES.get(row["best_voice"], words) if row["side"] in OF_NO_SIDE else words


def _graded(row):
    """The grade in words, and which ends of the range are the enemy's where others give numbers too."""
    words = GRADES[row["grade"]]
    if row["side"] in OF_NO_SIDE:
        return PARTYS_GRADES.get(row["grade"], words)
    ends = " ".join(end for end in ("low", "high") if row[f"{end}_voice"] == "enemy")
    return words if not ends or row["grade"] == "enemy" else THEIR_ENEMYS[ends].format(grade=words)


def _reported(row):
    """A range in words, marked where nobody but an encyclopaedia gives it."""
    words = number_range(row)
    return _("{number} (encyclopaedia pages alone)").format(number=words) if row["encyclopaedia_only"] else words


def outcomes(by_voice: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Whose claims make what is reported of each side by outcome; one row per outcome, side and voice that says something, and one for the sum.

    by_voice, totals : casualties.by_voice and casualties.totals, by outcome and side, of the incidents with a number.
    """
    said_of = {(row["outcome"], row["side"], row["voice"]): row for row in by_voice.to_dict("records")}
    sums = {(row["outcome"], row["side"], "sum"): row for row in totals.to_dict("records")}
    return pd.DataFrame(
        [
            {
                _("Reported of"): REPORTED_OF[outcome].format(side=SERIES[side]),
                _("Who says it"): capital(words),
                **{head: int(row[end]) for end, head in _heads().items()},
                _("Incidents"): str(row.get("incidents", "")),
            }
            for outcome in OUTCOMES
            for side in SIDES
            for voice, words in _spoken().items()
            if (row := (said_of | sums).get((outcome, side, voice)))
        ]
    )


def totals(totals: pd.DataFrame, told: pd.DataFrame, heading: str, column: str) -> pd.DataFrame:
    """Totals by one column beside the base article's; one row per group."""
    article = told.set_index(column)["best"]
    return pd.DataFrame(
        {
            heading: said(totals[column]),
            _("Reported"): [number_range(row) for row in totals.to_dict("records")],
            _("Best"): totals["best"],
            _("Base article"): [int(article.get(group, 0)) for group in totals[column]],
            _("Incidents"): totals["incidents"],
            _("Incidents without a number"): totals["unreported"],
        }
    )


def everyone(everyone: pd.DataFrame) -> pd.DataFrame:
    """Everyone reported killed, by incident; one row per incident."""
    return pd.DataFrame(
        {
            _("Date"): everyone["date"].map(short_date),
            _("Event"): said(everyone["name"]),
            _("Reported"): [number_range(row) for row in everyone.to_dict("records")],
            _("Best"): everyone["best"],
            _("Counted"): everyone["separated"].map({True: _("side by side"), False: _("together")}),
        }
    )


def voices(by_voice: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Whose claims make the sums of each side; one row per side and voice that says something, and one for the sum.

    by_voice, totals : casualties.by_voice and casualties.totals, by side.
    """
    numbers = {(row["side"], row["voice"]): row for row in by_voice.to_dict("records")}
    numbers |= {(row["side"], "sum"): row for row in totals.to_dict("records")}
    return pd.DataFrame(
        [
            {_("Side"): SERIES[side], _("Who says it"): capital(words)}
            | {head: int(row[end]) for end, head in _heads().items()}
            for side in SIDES
            for voice, words in _spoken().items()
            if (row := numbers.get((side, voice)))
        ]
    )


def undenied(core: pd.DataFrame) -> str:
    """What the low of the MNLA's side is without the dead of the clash that both sides deny, in words. core : casualties.core_killed."""
    low = total(core[core["event_id"].ne(DENIED)], side="mnla")["low"]
    return _("{side}: without the dead of a clash that both sides deny, the low is {low}.").format(
        side=SERIES["mnla"], low=number(low)
    )


def together(told: pd.DataFrame) -> pd.Series:
    """Whether a row of `voices` or `outcomes` is the sum over the voices."""
    return told[_("Who says it")].eq(_spoken()["sum"])


def _spoken():
    """Words by voice, and of the sum over the voices."""
    return dict(VOICES.items()) | {"sum": _("Together")}


def _heads():
    """Headings of the ends of a range."""
    return dict(zip(RANGE, (_("Low"), _("Best"), _("High")), strict=True))


def readings(reported: pd.DataFrame) -> pd.DataFrame:
    """The named readings with what each gives; one row per reading.

    reported : readings.reported.
    """
    cells = {(row["reading_id"], row["side"]): row for row in reported.to_dict("records")}
    named = reported.drop_duplicates("reading_id")
    table = {_("Reading"): said(named["name"]).tolist(), _("Whose claims"): said(named["meaning"]).tolist()}
    for side in SIDES:
        found = [cells[reading, side] for reading in named["reading_id"]]
        table[SERIES[side]] = [number_range(row) for row in found]
        head = _("Best, {side}").format(side=within(SERIES[side]))
        table[head] = [number(row["best"]) if row["reported"] else "" for row in found]
    return pd.DataFrame(table)


def left_out(moved: pd.DataFrame) -> pd.DataFrame:
    """What the totals are without one origin, claimant or source; one row per that and side.

    moved : readings.left_out.
    """
    return pd.DataFrame(
        {
            _("Left out"): said(moved["what"]),
            _("Side"): said(moved["series"]),
            _("Low"): _with_change(moved, "low"),
            _("Best"): _with_change(moved, "best"),
            _("High"): _with_change(moved, "high"),
        }
    )


def _with_change(moved, end):
    """A total and, in brackets, by how much it moved: "73 (−26)"."""
    return [
        f"{number(total)} ({signed(change)})" if change else number(total)
        for total, change in zip(moved[end], moved[f"{end}_change"], strict=True)
    ]


def signed(change: int) -> str:
    """A change with its sign, zero without one: "+1,200", "−26", "0"."""
    return f"{'−' if change < 0 else '+' if change else ''}{number(abs(change))}"
