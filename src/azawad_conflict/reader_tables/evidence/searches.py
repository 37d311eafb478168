"""Tables on searches and sources, with readers' headings."""

import pandas as pd
from docutils.nodes import make_id

from azawad_conflict.evidence.addresses import with_former
from azawad_conflict.evidence.searches import LANGUAGES, archived
from azawad_conflict.language import WordsByKey, _, said
from azawad_conflict.templates import render
from azawad_conflict.wording import short_date, within

# What the page of the sources says around them.
WORDS = WordsByKey(
    {
        "all": "Every source",
        "caption": "Every source of this report, in the order of the words that cite it.",
        "look_up": "Look up",
        "copies": "copies of {source}",
        "address": "Address of this row",
    }
)
READ = WordsByKey({"whole": "whole", "opening": "the opening", "excerpt": "parts", "not_recorded": "not recorded"})
KINDS = WordsByKey(
    {
        "encyclopaedia": "encyclopaedia",
        "news": "news",
        "report": "report",
        "blog": "blog",
        "party": "party",
        "gazetteer": "gazetteer",
        "map_data": "map data",
        "method": "method",
        "dataset": "dataset",
    }
)
NAMES = WordsByKey(
    LANGUAGES
    | WordsByKey(
        {
            "de": "German",
            "it": "Italian",
            "es": "Spanish",
            "fi": "Finnish",
            "pl": "Polish",
            "ro": "Romanian",
            "pt": "Portuguese",
            "id": "Indonesian",
        }
    )
)


def coverage(coverage: pd.DataFrame) -> pd.DataFrame:
    """Word the search by month; one row per month."""
    return pd.DataFrame(
        {_("Month"): coverage["month"].map(short_date)}
        | {
            _("Queries, {language}").format(language=within(words)): coverage[language]
            for language, words in LANGUAGES.items()
        }
        | {
            _("Pages found"): coverage["hits"],
            _("Screened"): coverage["screened"],
            _("Sources taken"): coverage["taken"],
        }
    )


def by_party(by_party: pd.DataFrame) -> pd.DataFrame:
    """Word the queries by party; one row per party."""
    return pd.DataFrame(
        {_("Asked about"): said(by_party["party"])}
        | {words: by_party[language] for language, words in LANGUAGES.items()}
        | {_("Queries"): by_party["queries"]}
    )


def by_pair(by_pair: pd.DataFrame) -> pd.DataFrame:
    """The languages of queries on the MNLA and each Islamist group, one row per month."""
    groups = by_pair.columns.drop("month")
    return pd.DataFrame(
        {_("Month"): by_pair["month"].map(short_date)}
        | {_(group): [" ".join(languages) for languages in by_pair[group]] for group in groups}
    )


def sources_read(sources_read: pd.DataFrame) -> pd.DataFrame:
    """Word the sources by kind, language and part read; one row per kind."""
    return pd.DataFrame(
        {_("Kind"): sources_read["kind"].map(KINDS), _("Sources"): sources_read["sources"]}
        | {words: sources_read[language] for language, words in LANGUAGES.items()}
        | {_("Other languages"): sources_read["other"]}
        | {
            _("Whole"): sources_read["whole"],
            _("Opening"): sources_read["opening"],
            _("Parts"): sources_read["excerpt"],
            _("Not recorded"): sources_read["not_recorded"],
        }
    )


def sources_html(sources: pd.DataFrame, citations: dict[str, str], withdrawn: pd.DataFrame) -> str:
    """Return every source as a table of HTML, with a link that looks for archived copies of it.

    citations : source to the words that cite it. withdrawn : withdrawn_ids, whose addresses lead to what replaces them.
    """
    listed = sources.assign(
        cited=sources["source_id"].map(citations),
        reference=("ref-" + sources["source_id"]).map(make_id),
        kind=sources["kind"].map(KINDS),
        language=sources["language"].map(lambda language: NAMES.get(language, language)),
        read=sources["read"].map(READ),
        Id=sources["source_id"],
    ).sort_values("cited", key=lambda words: words.str.casefold())
    rows = with_former(listed, withdrawn).to_dict("records")
    return render(
        "sources.html",
        words=WORDS,
        heads=(_("Source"), _("Kind"), _("Language"), _("Read"), _("Archived copies")),
        sources=[row | {"link": archived(row["url"], row["published"])} for row in rows],
    )
