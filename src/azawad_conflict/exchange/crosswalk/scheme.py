"""The columns of a scheme, as data/crosswalk.csv lists them: a frame in their order, and what breaks their codebook."""

import pandas as pd

from azawad_conflict.checks.faults import quoted

SCHEMES = ("ucdp_ged", "acled", "hxl")
# The tables that ged.rows and acled.rows are made of, in the order of their arguments.
TABLES = ("casualty_claims", "events", "actors", "sources", "places", "ucdp_dyads", "crosswalk")
DTYPES = {"integer": "Int64", "number": "Float64", "text": "string", "date": "string"}
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


def columns_of(crosswalk: pd.DataFrame, scheme: str) -> pd.DataFrame:
    """The rows of the crosswalk on one scheme, in the order of its columns. Raises ValueError for a scheme that is none of SCHEMES."""
    if scheme not in SCHEMES:
        raise ValueError(f"scheme {scheme!r}: is none of {', '.join(SCHEMES)}")
    return crosswalk[crosswalk["scheme"] == scheme].reset_index(drop=True)


def made_columns(crosswalk: pd.DataFrame, scheme: str) -> list[str]:
    """The columns of a scheme that something fills, in its order."""
    columns = columns_of(crosswalk, scheme)
    return list(columns.loc[columns["kept"] != "none", "column"])


def arranged(made: pd.DataFrame, crosswalk: pd.DataFrame, scheme: str) -> pd.DataFrame:
    """The frame with the scheme's columns, in their order and types; those that nothing fills are blank.

    Raises ValueError, with their names, where the frame and the crosswalk differ on what is made.
    """
    columns = columns_of(crosswalk, scheme)
    filled = set(made_columns(crosswalk, scheme))
    if set(made) != filled:
        missing, unknown = sorted(filled - set(made)), sorted(set(made) - filled)
        raise ValueError(f"{scheme}: not made: {missing}; made, and not in the crosswalk: {unknown}")
    kinds = dict(zip(columns["column"], columns["made_as"]))
    frame = made.reindex(columns=list(kinds)).astype({column: DTYPES[kind] for column, kind in kinds.items()})
    return frame.reset_index(drop=True)


def faults(frame: pd.DataFrame, crosswalk: pd.DataFrame, scheme: str) -> list[str]:
    """What in a frame breaks the codebook as the crosswalk records it: columns, types and values; empty where nothing does."""
    columns = columns_of(crosswalk, scheme)
    if list(frame) != list(columns["column"]):
        return [f"{scheme}: columns {list(frame)}, expected {list(columns['column'])}"]
    found = []
    for row in columns.to_dict("records"):
        name, cells = row["column"], frame[row["column"]].dropna()
        if frame[name].dtype != DTYPES[row["made_as"]]:
            found.append(f"{name}: {frame[name].dtype}, expected {row['made_as']}")
        elif row["made_as"] == "date" and not cells.str.fullmatch(DAY).all():
            found.append(f"{name}: {quoted(cells[~cells.str.fullmatch(DAY)].iloc[0])}, expected a day as YYYY-MM-DD")
        elif row["allowed"] and len(odd := cells[~cells.astype("string").isin(row["allowed"])]):
            found.append(f"{name}: {quoted(odd.iloc[0])}, expected one of {', '.join(row['allowed'])}")
        elif row["kept"] == "none" and len(cells):
            found.append(f"{name}: {quoted(cells.iloc[0])}, expected a blank: nothing fills it")
    return found
