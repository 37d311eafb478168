"""Rules on sources, on their entries in the bibliography, and on the searches that found them."""

import pandas as pd

from azawad_conflict.checks.faults import Fault, quoted, row_faults
from azawad_conflict.checks.rules.registry import rule


@rule
def sources_in_bibliography(sources: pd.DataFrame, bibliography: pd.DataFrame) -> list[Fault]:
    """Sources and bibliography hold the same keys."""
    uncited = sources[sources["source_id"].notna() & ~sources["source_id"].isin(bibliography["source_id"])]
    unknown = bibliography[~bibliography["source_id"].isin(sources["source_id"])]
    uncited = uncited.assign(bibliography=bibliography.attrs["path"])
    return [
        *row_faults("sources", uncited, "source_id", "{source_id} is not in {bibliography}", "an entry of that key"),
        *_in_bibliography(unknown, "source_id", "{source_id} is not in sources.csv", "a row of that source_id"),
    ]


@rule
def same_url_in_bibliography(sources: pd.DataFrame, bibliography: pd.DataFrame) -> list[Fault]:
    """Where source and entry both have an address, it is the same one."""
    pairs = bibliography.reset_index().merge(sources[["source_id", "url"]], on="source_id", suffixes=("", "_of_source"))
    differ = pairs[pairs["url"].ne(pairs["url_of_source"]).fillna(False)].set_index("line")
    differ = differ.assign(url=differ["url"].map(quoted), url_of_source=differ["url_of_source"].map(quoted))
    return _in_bibliography(differ, "url", "{url} of {source_id} is not the url in sources.csv", "{url_of_source}")


@rule
def address_in_bibliography_is_of_the_web(bibliography: pd.DataFrame) -> list[Fault]:
    """An address in the bibliography is one of the web, like those in sources.csv."""
    links = bibliography["url"].str.fullmatch(r'https?://[^ <>"]+').fillna(True)
    odd = bibliography[~links.astype(bool)]
    return _in_bibliography(
        odd.assign(url=odd["url"].map(quoted)), "url", "{url} of {source_id} is no web address", "https://..."
    )


@rule
def address_or_reason(sources: pd.DataFrame) -> list[Fault]:
    """A source has an address, or says why not; never both."""
    address, reasoned = sources["url"].notna(), sources["no_url"].notna()
    return [
        *row_faults("sources", sources[~address & ~reasoned], "no_url", "neither url nor no_url", "one of them"),
        *row_faults("sources", sources[address & reasoned], "no_url", "both url and no_url", "one of them"),
    ]


@rule
def screened_and_left(searches: pd.DataFrame) -> list[Fault]:
    """Of the pages that came back some were screened, and of these some were left out."""
    more = searches[searches["screened"].gt(searches["hits"]).fillna(False)]
    left = searches[searches["left"].gt(searches["screened"]).fillna(False)]
    return [
        *row_faults("searches", more, "screened", "{screened} of {hits} pages", "no more than came back"),
        *row_faults("searches", left, "left", "{left} of {screened} pages", "no more than were screened"),
    ]


def _in_bibliography(rows, column, problem, expected):
    return [
        Fault("references.bib", fault.line, fault.column, fault.problem, fault.expected)
        for fault in row_faults("references", rows, column, problem, expected)
    ]
