"""Tables on violence against civilians, with readers' headings."""

import pandas as pd

from azawad_conflict.civilians import ACCUSED
from azawad_conflict.language import WordsByKey, _, said
from azawad_conflict.reader_tables.evidence.claims import said_by
from azawad_conflict.wording import cited, number_range, short_date

ACTS = WordsByKey(
    {
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
)
STANCES = WordsByKey(
    {
        "alleges": "alleges it of {party}",
        "states": "states it of {party}",
        "denies": "denies it of {party}",
        "claims": "claimed by {party}",
    }
)


def by_act(by_act: pd.DataFrame) -> pd.DataFrame:
    """Statements by act and accused; one row per act."""
    return pd.DataFrame(
        {_("Act"): by_act["act"].map(ACTS)}
        | {words: by_act[side] for side, words in ACCUSED.items()}
        | {_("Statements made"): by_act["statements"], _("Sources"): by_act["sources"]}
    )


def by_stance(by_stance: pd.DataFrame) -> pd.DataFrame:
    """Statements by stance; one row per group of accused."""
    return pd.DataFrame(
        {
            _("Accused"): by_stance["accused_side"].map(ACCUSED),
            _("Stated"): by_stance["states"],
            _("Alleged"): by_stance["alleges"],
            _("Claimed by the accused"): by_stance["claims"],
            _("Denied by the accused"): by_stance["denies"],
            _("Denied by others"): by_stance["denied_by_others"],
            _("With a number of people"): by_stance["with_number"],
        }
    )


def statements(statements: pd.DataFrame) -> pd.DataFrame:
    """The statements themselves; one row per statement, with its id."""
    return pd.DataFrame(
        {
            _("Date"): statements["date"].map(short_date),
            _("Place"): said(statements["place_name"]),
            _("Act"): acts(statements),
            _("Accused"): [
                STANCES[stance].format(party=_(party))
                for stance, party in zip(statements["stance"], statements["accused_name"], strict=True)
            ],
            _("What is said"): said(statements["note"]),
            _("Claimant"): said_by(statements),
            _("Source"): statements["source_id"].map(cited),
            "Id": statements["claim_id"],
        }
    )


def acts(statements: pd.DataFrame) -> list[str]:
    """The act, with the number where one is given: "killing, at least 8"."""
    return [
        ACTS[row["act"]] + ("" if pd.isna(row["low"]) and pd.isna(row["high"]) else f", {number_range(row)}")
        for row in statements.to_dict("records")
    ]
