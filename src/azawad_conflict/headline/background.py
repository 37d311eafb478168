"""What prose quotes on what surrounds the conflict."""

from azawad_conflict.edtf_dates import in_words
from azawad_conflict.headline.number import Number, numbers
from azawad_conflict.language import N_, number
from azawad_conflict.tables import load

RULE = N_("As the sources cited beside it say.")
DATES = (  # statements whose date is quoted
    "accord_2015",
    "accord_2015_june",
    "accord_ended",
    "algiers_2006",
    "attacks_2006",
    "ceasefire_2014",
    "disarmed_2009",
    "displaced_2013_06",
    "flame_1996",
    "hcua_joined",
    "icc_hassan",
    "icc_iyad",
    "icc_mahdi",
    "jnim",
    "libya_return",
    "mara_visit",
    "mia_founded",
    "mnla_founded",
    "mujao_founded",
    "mutiny",
    "national_pact_1992",
    "north_people",
    "rebellion_1990",
    "shrines",
    "stoning",
    "tamanrasset_1991",
    "war_2023",
)
NUMBERS = (  # statements whose number is quoted
    "displaced_2013_06",
    "gao_amputations",
    "mnla_abuses",
    "north_people",
)


def quoted() -> dict[str, Number]:
    """Key to Number, for the page on the background."""
    claims = load("background_claims").set_index("claim_id")[["date", "number"]].to_dict("index")
    texts = {f"background_{claim}_date": in_words(claims[claim]["date"]) for claim in DATES}
    texts |= {f"background_{claim}_number": number(claims[claim]["number"]) for claim in NUMBERS}
    return numbers(texts, RULE, more=(N_("Every statement on the background"), "claims-background.html"))
