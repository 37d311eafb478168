"""What stands behind a quoted number: its rule in a sentence, the claims that decide it, and where to see more.

The pages show it at the number (bookpress.show.numbers). RULES is read from top to bottom; the first pattern that fits a whole
key gives its note. Rules are told in full in methods.md.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from azawad_conflict import casualties
from azawad_conflict.casualties import BASE_ARTICLE, SERIES
from azawad_conflict.counting import readings
from azawad_conflict.counting.counted import counts, deciding_claims, described_claims
from azawad_conflict.counting.terms import KEYS
from azawad_conflict.headline.casualties import GAO_ADMITTED
from azawad_conflict.interactive import explorer
from azawad_conflict.tables import load, stamp
from azawad_conflict.territory import PRESUMED_AFTER_DAYS
from azawad_conflict.wording import caution, caution_together
from bookpress.sphinx.bibliography import citations

SUM = (
    "The sum over the incidents between both sides: of the lows, of the bests, of the highs. In each incident the range spans the claims "
    "that count, and best is the number of the claimant of the highest rank."
)
ONE = "Of the claims that count, the range spans all, and best is the number of the claimant of the highest rank."
TOLD = " Only the base article's claims."
EVERYONE = (
    "The sum over the incidents between both sides of everyone reported killed, whichever side. Where claims do not separate the sides, "
    "their best decides; elsewhere the sides are added."
)
GRADED = "The numbers of dead behind the totals, by grade. A grade is computed from who gives a number."
VOICED = "The part of the total that one voice makes. In each incident the best number, and each end of the range, belongs to the voice of the claimant who gives it."
READ = "The totals counted again, by the same rule, from the claims of some voices alone. Incidents on which none of them gives a number add nothing."
LEFT = "The totals counted again without the claims of one origin, or of one source."
DATED = "The date that the sources of the event give, as exact as they are."
CONTROL = (
    "From the control claims on populated places, day by day. A state is presumed when nothing has confirmed it for more than "
    f"{PRESUMED_AFTER_DAYS} days, and unknown where nothing is documented."
)
RULES = {
    r"casualties_(?P<told>told_)?(?P<whose>mnla_side|islamist|mnla|volunteers)_(killed|low|best|high)": lambda part: (
        _sum(part)
    ),
    r"casualties_everyone_.*": lambda part: Behind(
        f"{EVERYONE} {caution_together(casualties.everyone_killed(_count(False)[0]))}", _everyone()
    ),
    r"casualties_alone_(names|killed)": lambda part: Behind(
        "Numbers of dead that encyclopaedia pages alone carry, in fights between both sides.", _alone()
    ),
    r"casualties_voice_(?P<side>mnla|islamist)_(?P<voice>\w+)_(?P<end>low|best|high|percent)": lambda part: _voiced(
        part
    ),
    r"casualties_reading_(?P<reading>\w+)_(?P<side>mnla|islamist)_(killed|best|incidents)": lambda part: _read(part),
    r"casualties_dozens": lambda part: Behind(
        "The printed table for vague words.", more=("Vague words, in methods", "methods.html#vague-words")
    ),
    r"reconciliation_(left_out_.*|origins|sources)": lambda part: Behind(
        LEFT, more=("Evidence left out, in methods", "methods.html#evidence-left-out")
    ),
    r"casualties_grade_.*|casualties_core_rows": lambda part: Behind(
        GRADED, more=("Grades, in methods", "methods.html#grades")
    ),
    r"casualties_(?P<event>\w+)_date|phases_event_(?P<dated>\w+)": lambda part: Behind(
        DATED, more=_event(part["event"] or part["dated"])
    ),
    r"phases_told_(?P<event>\w+)": lambda part: Behind("The date in the base article.", more=_event(part["event"])),
    r"casualties_gao_mnla_admits": lambda part: Behind("What the MNLA says of its own dead.", (GAO_ADMITTED,)),
    r"casualties_(?P<told>told_)?(?P<incident>\w+)_(?P<outcome>killed|wounded|captured)": lambda part: _incident(part),
    r"casualties_.*": lambda part: Behind(
        "Counted from the claims on casualties.",
        more=("All claims on people killed", "explorer.html#claims?outcome=killed"),
    ),
    r"phases_(statements|sentences).*": lambda part: Behind(
        "The base article, cut into sentences and statements that can be checked one by one."
    ),
    r"phases_events.*": lambda part: Behind("Counted from the table of events; totals over a period are no event."),
    r"phases_.*": lambda part: Behind(
        "A phase opens and closes on a dated event that was read in a source.",
        more=("Phases, in methods", "methods.html#phases"),
    ),
    r"territory_.*": lambda part: Behind(
        CONTROL, more=("All claims on control", "explorer.html#claims?outcome=control")
    ),
    r"actors_(accus|rival).*": lambda part: Behind(
        "Counted from the claims on who did an act. Rival: claimants name different perpetrators, or one denies.",
        more=("All claims on perpetrators and courses of events", "explorer.html#claims?outcome=event"),
    ),
    r"actors_.*strength.*": lambda part: Behind(
        "What claimants say of a strength; rival numbers stand beside each other and are never added."
    ),
    r"actors_.*": lambda part: Behind("Counted from the tables of actors and people."),
    r"reconciliation_(?P<told>infobox|text)_(?P<outcome>\w+)": lambda part: _article(part),
    r"reconciliation_ucdp_.*": lambda part: Behind(
        "A published total, compared and never added; its scope stands beside it."
    ),
    r"reconciliation_periods.*": lambda part: Behind(
        "Claims on several fights at once, beside the sum of the incidents that they cover."
    ),
    r"reconciliation_november_.*": lambda part: Behind(
        "Claims on several fights at once, which are never added to incidents.", more=_event("period_november_2012")
    ),
    r"reconciliation_killed_by_year|reconciliation_residual_.*": lambda part: Behind(
        "For each year the total of the base article's infobox, beside the sum of the incidents of the same article; the difference is never spread over incidents.",
        more=("The article against itself, in methods", "methods.html#the-article-against-itself"),
    ),
    r"reconciliation_.*": lambda part: Behind(
        "Claims on the same dead, by where their claimants stand.",
        more=("Who says it, in methods", "methods.html#who-says-it"),
    ),
    r"background_.*": lambda part: Behind(
        "As the sources cited beside it say.", more=("Every statement on the background", "claims-background.html")
    ),
    r"multiverse_.*": lambda part: Behind(
        "Every combination of the choices, each computed. A share of combinations is not a probability.",
        more=("Count under your own rule", "own-rule.html"),
    ),
    r"civilians_.*": lambda part: Behind(
        "Statements on violence against civilians, counted as statements; the people in them are never added up.",
        more=("All of these statements", "notebooks/08-civilians.html#civilians-statements"),
    ),
    r"base_article_.*": lambda part: Behind(
        "Each statement of the article is judged by sources independent of encyclopaedias.",
        more=("The base article, in methods", "methods.html#the-base-article-statement-by-statement"),
    ),
}


@dataclass(frozen=True)
class Behind:
    """What stands behind one number. `claims` are claim_ids; `more` is words and an address seen from the top of the book."""

    rule: str
    claims: tuple = ()
    more: tuple | None = None


def behind(key):
    """What stands behind the number `key`. Raises KeyError for a key that no pattern fits."""
    for pattern, find in RULES.items():
        if part := re.fullmatch(pattern, key):
            return find(part)
    raise KeyError(key)


def notes(numbers):
    """Key to note, as bookpress.show.numbers takes them, for a mapping of key to text."""
    words = _words(explorer.explored({name: load(name) for name in explorer.TABLES}, citations(explorer.BIBLIOGRAPHY)))
    found = {key: behind(key) for key in numbers}
    return {
        key: {
            "rule": one.rule,
            "claims": [[words[claim], f"explorer.html#claim-{claim}"] for claim in one.claims],
            "more": one.more,
        }
        for key, one in found.items()
    }


def _words(rows):
    """Claim to a line: what it is on, what it says, who says so and where."""
    lines = rows["head"] + ": " + rows["claimed"] + ". " + rows["said_by"] + "; " + rows["cited"] + "."
    return dict(zip(rows["claim_id"], lines, strict=True))


def _count(told):
    """incident_ranges of all claims, or of the base article's alone, and the claims that decide them."""
    return _counted(told, stamp())


@lru_cache(maxsize=4)
def _counted(told, _stamp):
    claims, events, actors, sources = (load(name) for name in ("casualty_claims", "events", "actors", "sources"))
    if told:
        claims = claims[claims["source_id"] == BASE_ARTICLE]
    described = described_claims(claims, events, actors, sources)
    deciding = deciding_claims(described[counts(described)])
    return casualties.incident_ranges(claims, events, actors, sources), deciding


def _deciding(rows, told=False):
    """The claims with a number that decide the given rows of incident_ranges, in their order."""
    return tuple(rows[KEYS].merge(_count(told)[1], on=KEYS)["claim_id"])


def _sum(part):
    told = bool(part["told"])
    core = casualties.core_killed(_count(told)[0])
    column, value = {
        "mnla_side": ("series", SERIES["mnla"]),
        "islamist": ("series", SERIES["islamist"]),
        "mnla": ("victim", "mnla"),
        "volunteers": ("victim", "menaka_volunteers"),
    }[part["whose"]]
    rows = core[core[column] == value]
    return Behind(f"{SUM}{TOLD if told else ''} {caution(rows)}", _deciding(rows, told))


def _voiced(part):
    """The claims of one voice that give the numbers of its part."""
    core = casualties.core_killed(_count(False)[0])
    end = "best" if part["end"] == "percent" else part["end"]
    rows = core[core["series"].eq(SERIES[part["side"]]) & core[f"{end}_voice"].eq(part["voice"])]
    deciding = rows[KEYS].merge(_count(False)[1], on=KEYS)
    return Behind(
        VOICED,
        tuple(deciding.loc[deciding["voice"] == part["voice"], "claim_id"]),
        ("Who says it, in methods", "methods.html#who-says-it"),
    )


def _read(part):
    """The claims that decide a total in a named reading."""
    tables = [load(name) for name in ("casualty_claims", "events", "actors", "sources")]
    reading = next(row for row in load("readings").itertuples() if row.reading_id == part["reading"])
    kept = readings.claims_of(reading, *tables)
    core = casualties.core_killed(casualties.incident_ranges(kept, *tables[1:]))
    described = described_claims(kept, *tables[1:])
    deciding = deciding_claims(described[counts(described)])
    rows = core[core["series"] == SERIES[part["side"]]]
    return Behind(
        READ,
        tuple(rows[KEYS].merge(deciding, on=KEYS)["claim_id"]),
        ("Named readings, in methods", "methods.html#named-readings"),
    )


def _everyone():
    """The claims on the dead of both sides, and on dead whose side is not told."""
    killed = casualties.killed_in_fights(_count(False)[0])
    return _deciding(killed[killed["series"].isin([SERIES[side] for side in (*casualties.SIDES, "unseparated")])])


def _alone():
    core = casualties.core_killed(_count(False)[0])
    return _deciding(core[core["encyclopaedia_only"]])


def _incident(part):
    """One group of victims of one incident; "incident" is the event's id and the victim's."""
    told = bool(part["told"])
    ranges = _count(told)[0]
    rows = ranges[
        (ranges["event_id"] + "_" + ranges["victim"]).eq(part["incident"]) & ranges["outcome"].eq(part["outcome"])
    ]
    if rows.empty:
        raise KeyError(part[0])
    return Behind(ONE + (TOLD if told else ""), _deciding(rows, told))


def _article(part):
    """The totals of the base article's infobox, or its own incidents."""
    if part["told"] == "infobox":
        claims, events = load("casualty_claims"), load("events")
        periods = events.loc[events["kind"] == "period", "event_id"]
        chosen = (
            claims["source_id"].eq(BASE_ARTICLE) & claims["outcome"].eq(part["outcome"]) & claims["victim"].eq("mnla")
        )
        return Behind(
            "The totals by year in the base article's infobox.",
            tuple(claims.loc[chosen & claims["event_id"].isin(periods), "claim_id"]),
        )
    ranges = _count(True)[0]
    rows = casualties.mnla_harmed(ranges)
    rows = rows[rows["outcome"] == part["outcome"]]
    return Behind(
        "What the incidents of the base article's own text add up to on the MNLA's side.", _deciding(rows, told=True)
    )


def _event(event_id):
    """Where all claims on an event stand; None for an event on which the tables hold none."""
    if not any(event_id in set(load(name)["event_id"]) for name in explorer.CLAIMS):
        return None
    name = load("events").set_index("event_id")["name"][event_id]
    return f"All claims on this event: {name}", f"explorer.html#claims?event={event_id}"
