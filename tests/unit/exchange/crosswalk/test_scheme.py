"""The columns of a scheme: in order, in types, and what breaks them."""

import pandas as pd
import pytest

from azawad_conflict.exchange.crosswalk import scheme


def broken(rows, column, value):
    return rows.assign(**{column: pd.array([value] * len(rows), dtype=rows[column].dtype)})


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("type_of_violence", 4, 'type_of_violence: "4", expected one of 1, 2, 3'),
        ("date_prec", 6, 'date_prec: "6", expected one of 1, 2, 3, 4, 5'),
        ("where_prec", 0, 'where_prec: "0", expected one of 1'),
        ("event_clarity", 3, 'event_clarity: "3", expected one of 1, 2'),
        ("date_start", "2012-06", 'date_start: "2012-06", expected a day as YYYY-MM-DD'),
        ("active_year", 1, 'active_year: "1", expected a blank: nothing fills it'),
        ("region", "Sahel", 'region: "Sahel", expected one of Africa'),
    ],
)
def test_a_value_that_the_codebook_does_not_allow_is_named(ged_rows, frames, column, value, words):
    assert any(
        words in fault for fault in scheme.faults(broken(ged_rows, column, value), frames["crosswalk"], "ucdp_ged")
    )


def test_another_type_and_other_columns_are_named(ged_rows, frames):
    crosswalk = frames["crosswalk"]
    assert scheme.faults(ged_rows.astype({"best": "string"}), crosswalk, "ucdp_ged") == [
        "best: string, expected integer"
    ]
    assert "columns" in scheme.faults(ged_rows.drop(columns="best"), crosswalk, "ucdp_ged")[0]


def test_a_crosswalk_that_drifts_from_what_is_made_is_refused(ged_rows, frames):
    crosswalk = frames["crosswalk"]
    filled = ged_rows.drop(
        columns=crosswalk.loc[crosswalk["kept"].eq("none") & crosswalk["scheme"].eq("ucdp_ged"), "column"]
    )
    with pytest.raises(ValueError, match=r"not made: \[\]; made, and not in the crosswalk: \['high'\]"):
        scheme.arranged(filled, crosswalk[crosswalk["crosswalk_id"] != "ged_high"], "ucdp_ged")
    with pytest.raises(ValueError, match=r"not made: \['best'\]"):
        scheme.arranged(filled.drop(columns="best"), crosswalk, "ucdp_ged")


def test_an_unknown_scheme_is_refused_with_those_that_there_are(frames):
    with pytest.raises(ValueError, match=r"scheme 'gtd': is none of ucdp_ged, acled, hxl"):
        scheme.columns_of(frames["crosswalk"], "gtd")
