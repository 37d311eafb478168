"""Tables on the background of the conflict, with readers' headings."""

import pandas as pd

from azawad_conflict.background import ASPECTS
from azawad_conflict.language import WordsByKey, _, said
from azawad_conflict.reader_tables.actors import SIDES
from azawad_conflict.wording import cited, short_date

TOPICS = WordsByKey(
    {
        "rebellions": "Earlier rebellions",
        "origins": "Origins of the parties",
        "coup": "The rebellion and the coup",
        "rule": "Life under the armed groups",
        "displacement": "Displacement",
        "intervention": "The intervention",
        "new_movements": "New movements",
        "kidal": "Kidal",
        "after": "What came after",
    }
)


def who_is_who(who: pd.DataFrame) -> pd.DataFrame:
    """The parties; one row per actor."""
    told = {aspect: [" ".join(map(_, statements)) for statements in who[aspect]] for aspect in ASPECTS}
    return pd.DataFrame(
        {
            _("Party"): said(who["name"]),
            _("Side"): who["side"].map(SIDES),
            _("How it began"): told["founded"],
            _("Who led it"): told["leaders"],
            _("What it wanted"): told["aim"],
            _("What became of it"): told["fate"],
            _("Sources"): who["source_id"].map(cited),
        }
    )


def statements(background_claims: pd.DataFrame) -> pd.DataFrame:
    """Every statement on the background; one row per statement with its id, by topic and date."""
    order = list(TOPICS)
    rows = background_claims.sort_values(
        ["topic", "date", "claim_id"], key=lambda column: column.map(order.index) if column.name == "topic" else column
    )
    return pd.DataFrame(
        {
            _("Topic"): rows["topic"].map(TOPICS),
            _("Date"): rows["date"].map(short_date),
            _("Statement"): said(rows["statement"]),
            _("Who says it"): said(rows["claimant"]),
            _("Sources"): rows["source_id"].map(cited),
            "Id": rows["claim_id"],
        }
    )
