"""Tables for readers: one module per topic, frames in, frames with readers' headings out."""

import pandas as pd

from azawad_conflict.language import _


def same_in_note(frame: pd.DataFrame, note: str) -> dict[str, object]:
    """A frame and its note, as `bookpress.show.table` takes them: a column that says the same in every row is said once, in the note.

    It comes back when a row differs. The first column names the rows, and stays.
    """
    same = [head for head in frame.columns[1:] if len(frame) > 1 and frame[head].nunique(dropna=False) == 1]
    told = [
        _("“{column}”: {value} in every row, so the column is left out.").format(column=head, value=frame[head].iloc[0])
        for head in same
    ]
    return {"frame": frame.drop(columns=same), "note": " ".join([*told, note])}
