"""Rules on sources, their entries in the bibliography, the searches that found them, and the schemes that are set beside ours."""

from typing import Any

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


@rule
def crosswalk_names_our_columns(crosswalk: pd.DataFrame, package: dict[str, Any]) -> list[Fault]:
    """What fills a column of another scheme is a column of this report; a column that nothing fills names none."""
    known = {
        f"{table['name']}.{field['name']}" for table in package["resources"] for field in table["schema"]["fields"]
    }
    known |= set("ucdp_ged." + crosswalk.loc[crosswalk["scheme"].eq("ucdp_ged"), "column"].dropna())
    lost = crosswalk.assign(
        odd=[next((name for name in names if name not in known), None) for names in crosswalk["ours"]]
    )
    filled = crosswalk["ours"].map(len).gt(0)
    idle = crosswalk[filled & crosswalk["kept"].eq("none")]
    empty = crosswalk[~filled & crosswalk["kept"].isin(["same", "derived"])]
    return [
        *row_faults(
            "crosswalk", lost[lost["odd"].notna()], "ours", '"{odd}" is no column', "table.column of this report"
        ),
        *row_faults("crosswalk", idle, "ours", "columns for {column}, which nothing fills", "blank"),
        *row_faults("crosswalk", empty, "ours", "blank for {column}, which is {kept}", "the columns that fill it"),
    ]


@rule
def crosswalk_says_what_is_done(crosswalk: pd.DataFrame) -> list[Fault]:
    """A column that is worked out has its rule; one that is made as another type, or not at all, says what is lost."""
    unruled = crosswalk[crosswalk["kept"].eq("derived") & crosswalk["rule"].isna()]
    silent = crosswalk[
        (crosswalk["kept"].eq("none") | crosswalk["type"].ne(crosswalk["made_as"])) & crosswalk["lost"].isna()
    ]
    twice = crosswalk[crosswalk.duplicated(["scheme", "column"]) & crosswalk["column"].notna()]
    return [
        *row_faults("crosswalk", unruled, "rule", "blank for {column}, which is derived", "how it is worked out"),
        *row_faults("crosswalk", silent, "lost", "blank for {column}", "what is lost or missing"),
        *row_faults("crosswalk", twice, "column", "{column} stands in {scheme} already", "each column once"),
    ]


@rule
def ucdp_record_adds_up(ucdp_records: pd.DataFrame) -> list[Fault]:
    """Of a record of UCDP the low is no more than the best, the best no more than the high, and the parts are the best."""
    parts = ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]
    above = ucdp_records[ucdp_records["low"].gt(ucdp_records["best"]).fillna(False)]
    below = ucdp_records[ucdp_records["best"].gt(ucdp_records["high"]).fillna(False)]
    summed = ucdp_records.assign(sum=ucdp_records[parts].sum(axis=1, skipna=False))
    differ = summed[summed["sum"].ne(summed["best"]).fillna(False)]
    return [
        *row_faults("ucdp_records", above, "low", "low {low} is above best {best}", "low <= best"),
        *row_faults("ucdp_records", below, "best", "best {best} is above high {high}", "best <= high"),
        *row_faults("ucdp_records", differ, "best", "the parts add up to {sum}", "{best}, the best"),
    ]


def _in_bibliography(rows, column, problem, expected):
    return [
        Fault("references.bib", fault.line, fault.column, fault.problem, fault.expected)
        for fault in row_faults("references", rows, column, problem, expected)
    ]
