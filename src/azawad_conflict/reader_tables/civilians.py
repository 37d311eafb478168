"""Tables on violence against civilians, with readers' headings."""

import pandas as pd

from azawad_conflict.civilians import ACCUSED
from azawad_conflict.reader_tables.evidence.claims import ROLES
from azawad_conflict.wording import cited, number_range, short_date

ACTS = {
    "killing": "killing",
    "rape": "rape",
    "amputation": "amputation",
    "flogging": "flogging",
    "stoning": "stoning",
    "torture": "torture or ill-treatment",
    "abduction": "abduction",
    "detention": "detention",
    "child_recruitment": "recruitment of children",
    "pillage": "pillage",
    "destruction": "destruction of cultural property",
    "attack": "attack on civilians",
    "other": "other",
}
STANCES = {"alleges": "alleges it of", "states": "states it of", "denies": "denies it of", "claims": "claimed by"}


def by_act(by_act: pd.DataFrame) -> pd.DataFrame:
    """Statements by act and accused; one row per act."""
    return pd.DataFrame(
        {"Act": by_act["act"].map(ACTS)}
        | {words: by_act[side] for side, words in ACCUSED.items()}
        | {"Statements": by_act["statements"], "Sources": by_act["sources"]}
    )


def by_stance(by_stance: pd.DataFrame) -> pd.DataFrame:
    """Statements by stance; one row per group of accused."""
    return pd.DataFrame(
        {
            "Accused": by_stance["accused_side"].map(ACCUSED),
            "Stated": by_stance["states"],
            "Alleged": by_stance["alleges"],
            "Claimed by the accused": by_stance["claims"],
            "Denied": by_stance["denies"],
            "With a number of people": by_stance["with_number"],
        }
    )


def statements(statements: pd.DataFrame) -> pd.DataFrame:
    """The statements themselves; one row per statement, with its id."""
    return pd.DataFrame(
        {
            "Date": statements["date"].map(short_date),
            "Place": statements["place_name"],
            "Act": said(statements),
            "Accused": statements["stance"].map(STANCES) + " " + statements["accused_name"],
            "What is said": statements["note"],
            "Claimant": statements["claimant"] + " (" + statements["claimant_role"].map(ROLES) + ")",
            "Source": statements["source_id"].map(cited),
            "Id": statements["claim_id"],
        }
    )


def said(statements: pd.DataFrame) -> list[str]:
    """The act, with the number where one is given: "killing, at least 8"."""
    return [
        ACTS[row["act"]] + ("" if pd.isna(row["low"]) and pd.isna(row["high"]) else f", {number_range(row)}")
        for row in statements.to_dict("records")
    ]
