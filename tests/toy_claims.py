"""Toy claims on toy events, and the ranges that the counting rule makes of them."""

import pandas as pd

from azawad_conflict import casualties

ACTORS = pd.DataFrame(
    {
        "actor_id": ["mnla", "volunteers", "mujao", "islamist_groups", "unseparated"],
        "short_name": ["MNLA", "Volunteers", "MUJAO", "Islamist groups", "Not separated"],
        "side": ["mnla", "mnla", "islamist", "islamist", "unseparated"],
        "parent_id": [pd.NA, pd.NA, "islamist_groups", pd.NA, pd.NA],
    }
)
SOURCES = pd.DataFrame(
    {
        "source_id": ["early", "late", "wire", casualties.BASE_ARTICLE],
        "published": ["2012-06-28", "2012-07-01", pd.NA, pd.NA],
        "kind": ["news", "news", "news", "encyclopaedia"],
    }
)
EVENTS = pd.DataFrame(
    {
        "event_id": ["gao", "whose", "period_2012"],
        "name": ["Gao", "Timbuktu", "2012"],
        "date": ["2012-06-27", "2012-06-28", "2012"],
        "kind": ["battle", "battle", "period"],
        "phase_id": ["loss", "loss", pd.NA],
        "scope": ["core", "core", "core"],
        "violence_type": ["non_state", "non_state", pd.NA],
        "victims_disputed": ["no", "yes", "no"],
    }
)


def claim(
    claim_id,
    low,
    best,
    high,
    role="press",
    counted="yes",
    event="gao",
    victim="mnla",
    outcome="killed",
    source="wire",
    origin=None,
    qualifier=pd.NA,
):
    """One claim; its origin is its own unless one is given."""
    return dict(
        claim_id=claim_id,
        event_id=event,
        victim=victim,
        outcome=outcome,
        low=low,
        best=best,
        high=high,
        claimant="somebody",
        claimant_role=role,
        source_id=source,
        counted=counted,
        origin=origin or claim_id,
        qualifier=qualifier,
    )


def ranges(*claims):
    frame = pd.DataFrame(claims).astype({"low": "Int64", "best": "Int64", "high": "Int64", "qualifier": "string"})
    return casualties.incident_ranges(frame, EVENTS, ACTORS, SOURCES)


def only(*claims):
    table = ranges(*claims)
    assert len(table) == 1
    return table.iloc[0]


def article(*args, **more):
    """A claim of the base article."""
    return claim(*args, source=casualties.BASE_ARTICLE, **more)
