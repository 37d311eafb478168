"""Tables on searches and sources, with readers' headings."""

import pandas as pd
from docutils.nodes import make_id

from azawad_conflict.evidence.addresses import with_former
from azawad_conflict.evidence.searches import LANGUAGES, archived
from azawad_conflict.templates import render
from azawad_conflict.wording import short_date

READ = {"whole": "whole", "opening": "the opening", "excerpt": "parts", "not_recorded": "not recorded"}
NAMES = LANGUAGES | {
    "de": "German",
    "it": "Italian",
    "es": "Spanish",
    "fi": "Finnish",
    "pl": "Polish",
    "ro": "Romanian",
    "pt": "Portuguese",
    "id": "Indonesian",
}


def coverage(coverage: pd.DataFrame) -> pd.DataFrame:
    """Word the search by month; one row per month."""
    return pd.DataFrame(
        {"Month": coverage["month"].map(short_date)}
        | {f"Queries, {words}": coverage[language] for language, words in LANGUAGES.items()}
        | {"Pages found": coverage["hits"], "Screened": coverage["screened"], "Sources taken": coverage["taken"]}
    )


def by_party(by_party: pd.DataFrame) -> pd.DataFrame:
    """Word the queries by party; one row per party."""
    return pd.DataFrame(
        {"Asked about": by_party["party"]}
        | {words: by_party[language] for language, words in LANGUAGES.items()}
        | {"Queries": by_party["queries"]}
    )


def by_pair(by_pair: pd.DataFrame) -> pd.DataFrame:
    """The languages of queries on the MNLA and each Islamist group, one row per month."""
    groups = by_pair.columns.drop("month")
    return pd.DataFrame(
        {"Month": by_pair["month"].map(short_date)}
        | {group: [" ".join(languages) for languages in by_pair[group]] for group in groups}
    )


def sources_read(sources_read: pd.DataFrame) -> pd.DataFrame:
    """Word the sources by kind, language and part read; one row per kind."""
    return pd.DataFrame(
        {"Kind": sources_read["kind"].str.replace("_", " "), "Sources": sources_read["sources"]}
        | {words: sources_read[language] for language, words in LANGUAGES.items()}
        | {"Other languages": sources_read["other"]}
        | {
            "Whole": sources_read["whole"],
            "Opening": sources_read["opening"],
            "Parts": sources_read["excerpt"],
            "Not recorded": sources_read["not_recorded"],
        }
    )


def sources_html(sources: pd.DataFrame, citations: dict[str, str], withdrawn: pd.DataFrame) -> str:
    """Return every source as a table of HTML, with a link that looks for archived copies of it.

    citations : source to the words that cite it. withdrawn : withdrawn_ids, whose addresses lead to what replaces them.
    """
    listed = sources.assign(
        cited=sources["source_id"].map(citations),
        reference=("ref-" + sources["source_id"]).map(make_id),
        kind=sources["kind"].str.replace("_", " "),
        language=sources["language"].map(lambda language: NAMES.get(language, language)),
        read=sources["read"].map(READ),
        Id=sources["source_id"],
    ).sort_values("cited", key=lambda words: words.str.casefold())
    rows = with_former(listed, withdrawn).to_dict("records")
    return render("sources.html", sources=[row | {"link": archived(row["url"], row["published"])} for row in rows])
