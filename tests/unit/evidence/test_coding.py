"""Agreement of two codings."""

import pandas as pd
import pytest

from azawad_conflict.evidence import coding

SAMPLE = pd.DataFrame(
    {
        "basis": ["pages"] * 8,
        "row": [f"casualty_claims:{row}" for row in "abcd"] * 2,
        "field": ["role"] * 4 + ["low"] * 4,
        "first": ["press", "press", "state", "state", "4", "4", "4", "4"],
        "second": ["press", "state", "state", "state", "4", "4", "4", "4"],
    }
)


def test_agreement_is_counted_by_field():
    table = coding.agreement(SAMPLE).set_index("field")
    assert table.loc["role", ["rows", "agree", "percent"]].tolist() == [4, 3, 75]
    # By chance: 0.5 * 0.25 + 0.5 * 0.75 = 0.5; kappa = (0.75 - 0.5) / 0.5.
    assert table.loc["role", "kappa"] == pytest.approx(0.5)


def test_one_code_alone_has_no_kappa():
    assert pd.isna(coding.agreement(SAMPLE).set_index("field").loc["low", "kappa"])


def test_two_blanks_agree():
    blank = SAMPLE.head(1).assign(first=pd.NA, second=pd.NA)
    assert coding.agreement(blank)["agree"].tolist() == [1]


def test_statements_that_one_coding_lacks_are_counted_and_have_no_kappa():
    whole = pd.DataFrame(
        {
            "basis": "pages",
            "row": [f"sources:{row}" for row in "abc"],
            "field": "control_claims",
            "first": ["yes", "no", "yes"],
            "second": ["yes", "yes", "no"],
        }
    )
    row = coding.agreement(whole).iloc[0]
    assert (row["rows"], row["agree"]) == (3, 1) and pd.isna(row["kappa"])


def test_what_was_read_is_kept_apart():
    both = pd.concat([SAMPLE, SAMPLE.assign(basis="notes")])
    assert coding.agreement(both).groupby("basis")["rows"].sum().to_dict() == {"pages": 8, "notes": 8}
