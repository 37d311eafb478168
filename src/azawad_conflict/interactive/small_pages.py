"""The claims on one event or place, each on a small page of its own: where a claim opens on a slow line.

Without JavaScript nothing is missing. The explorer has the same rows, with search, filters and totals. The markup is in
templates/small_page.html.
"""

import pandas as pd
from docutils.nodes import make_id

from azawad_conflict.evidence.addresses import small_pages, with_former
from azawad_conflict.interactive.explorer import HEADS, NO_PLACE, explored
from azawad_conflict.language import _, language
from azawad_conflict.tables import CITED_FROM
from azawad_conflict.templates import render
from azawad_conflict.wording import short_date
from bookpress.sphinx.bibliography import citations, titles


def claims_on_each(
    tables: dict[str, pd.DataFrame],
    cited: dict[str, str] | None = None,
    titled: dict[str, tuple[str, str]] | None = None,
) -> dict[str, tuple[str, str]]:
    """Return the small pages by name (addresses.small_pages): title, and fragment of HTML.

    tables : as for explorer.explored, and withdrawn_ids. cited : source to the words that cite it. titled : source to its
    title and the language of that. By default both are those of the bibliography.
    """
    rows = explored(tables, citations(CITED_FROM) if cited is None else cited)
    sources = tables["sources"].set_index("source_id")[["url", "no_url"]].add_prefix("source_")
    printed = with_former(rows.assign(Id=rows["claim_id"]), tables["withdrawn_ids"]).join(sources, on="source_id")
    titled = titles(CITED_FROM) if titled is None else titled
    printed = printed.assign(
        source_title=rows["source_id"].map(lambda source: titled[source][0]),
        title_language=rows["source_id"].map(lambda source: titled[source][1] or language()),
        day=rows["date"].map(short_date),
        victim_name=rows["victim_name"].fillna(""),
        reference=("ref-" + rows["source_id"]).map(make_id),
        ids=printed["Id"].str.split(),
    )
    return {name: _page(on) for name, on in printed.groupby(small_pages(rows), sort=False)}


def _page(claims):
    """Return title and fragment of one page: its event, or the place of claims that name no event."""
    first = claims.iloc[0]
    on = "place" if pd.isna(first["event_id"]) else "event"
    asked = first[f"{on}_id"]
    title, rest = (_(NO_PLACE), "") if pd.isna(asked) else (first[f"{on}_name"], f"#claims?{on}={asked}")
    return title, render("small_page.html", title=title, rest=rest, heads=HEADS, rows=claims.to_dict("records"))
