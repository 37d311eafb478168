"""The quoted numbers on pages: each with a note on its rule and claims, in the explorer's words."""

from typing import Any

from azawad_conflict import headline
from azawad_conflict.evidence.addresses import claim_links
from azawad_conflict.interactive import explorer
from azawad_conflict.language import _
from azawad_conflict.tables import CITED_FROM, load
from bookpress.sphinx.bibliography import citations


def noted(topic: str) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
    """Key to text, and key to note, for one topic: what bookpress.show.numbers takes."""
    quoted = headline.quoted(topic)
    rows = explorer.explored({name: load(name) for name in explorer.TABLES}, citations(CITED_FROM))
    words, links = _words(rows), claim_links(rows)
    texts = {key: number.text for key, number in quoted.items()}
    return texts, {key: _note(number, words, links) for key, number in quoted.items() if number.rule}


def _note(number, words, links):
    claims = [[words[claim][1], links[claim], words[claim][0]] for claim in number.claims]
    more = number.more and (_(number.more[0]), number.more[1])
    return {"rule": _(number.rule), "claims": claims, "more": more}


def _words(rows):
    """Claim to what it is on, and to a line: what it says, who says so and where."""
    line = _("{claimed}. {claimant}; {source}.")
    return {
        row.claim_id: (row.head, line.format(claimed=row.claimed, claimant=row.said_by, source=row.cited))
        for row in rows.itertuples()
    }
