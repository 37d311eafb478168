"""The tables on actors as a reader finds them."""

import pandas as pd

from azawad_conflict.reader_tables import actors as read


def test_belligerents_stand_by_side_in_the_order_given_and_by_name():
    rows = pd.DataFrame({"name": ["Zeta", "beta", "Alpha"], "side": ["state", "mnla", "state"]}).assign(
        kind="state", parent_name=pd.NA, events=1, loss_claims=1, source_id="a"
    )
    assert list(read.belligerents(rows)["Actor"]) == ["Alpha", "Zeta", "beta"]
