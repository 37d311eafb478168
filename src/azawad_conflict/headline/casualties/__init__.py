"""What prose quotes on casualties."""

from azawad_conflict import casualties
from azawad_conflict.counting.counted import described_claims
from azawad_conflict.counting.terms import DOZENS
from azawad_conflict.counting.weight import chosen
from azawad_conflict.evidence import coding
from azawad_conflict.headline.casualties import incidents, totals, voices
from azawad_conflict.headline.casualties.rules import counted_numbers
from azawad_conflict.headline.number import Number
from azawad_conflict.language import N_, _
from azawad_conflict.tables import load


def quoted() -> dict[str, Number]:
    """Key to Number, for the notebook on casualties."""
    tables = [load(name) for name in ("casualty_claims", "events", "actors", "sources")]
    ranges, described = casualties.incident_ranges(*tables), described_claims(*tables)
    core = casualties.core_killed(ranges)
    return {
        **totals.quoted(ranges, core, described, tables[1]),
        **incidents.quoted(ranges, core, described, tables),
        **voices.quoted(core, described, tables),
        "casualties_whose_decides": Number(_(chosen().whose), rule=""),
        "casualties_among_equals": Number(_(chosen().more), rule=""),
        "casualties_dozens": Number(
            str(DOZENS),
            N_("The printed table for vague words."),
            more=(N_("Vague words, in methods"), "methods.html#vague-words"),
        ),
        **counted_numbers(
            {
                "casualties_coded_counted_percent": coding.from_pages("casualty_claims", "counted"),
                "casualties_coded_counted_kappa": coding.from_pages("casualty_claims", "counted", "kappa", 2),
                "casualties_coded_found_percent": coding.from_pages("sources", "casualty_claims"),
            }
        ),
    }
