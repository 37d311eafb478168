"""A number that prose quotes: its words, the rule that made it, and the claims that it rests on."""

from dataclasses import dataclass

from azawad_conflict.evidence.addresses import SMALL_PAGE
from azawad_conflict.evidence.claims import CLAIMS
from azawad_conflict.language import _
from azawad_conflict.tables import load


@dataclass(frozen=True)
class Number:
    """A quoted number, made by the function that counts it.

    text : as prose prints it. rule : a sentence for the reader, told in full in methods.md; "" for words of a rule, which the pages
    show without a note.
    claims : ids of the claims that decide it.
    more : words and an address seen from the top of the book, or None.
    """

    text: str
    rule: str
    claims: tuple = ()
    more: tuple | None = None


def numbers(
    texts: dict[str, str], rule: str, claims: tuple[str, ...] = (), more: tuple[str, str] | None = None
) -> dict[str, Number]:
    """Key to Number for several numbers of one rule. texts : key to text."""
    return {key: Number(text, rule, claims, more) for key, text in texts.items()}


def claims_on(event_id: str) -> tuple[str, str] | None:
    """Words and address of all claims on an event; None for an event without claims."""
    if not any(event_id in set(load(name)["event_id"]) for name in CLAIMS):
        return None
    name = load("events").set_index("event_id")["name"][event_id]
    return _("All claims on this event: {name}").format(name=_(name)), SMALL_PAGE.format(event_id)
