"""The documented search: its queries by month and language, and their results."""

import pandas as pd

from azawad_conflict.edtf_dates import Cell
from azawad_conflict.language import WordsByKey

LANGUAGES = WordsByKey({"en": "English", "fr": "French", "ar": "Arabic"})


def coverage(searches: pd.DataFrame) -> pd.DataFrame:
    """One row per month: queries in each language, pages that came back, screened, sources taken.

    Returns columns month, the keys of LANGUAGES (queries), hits, screened, taken (different
    sources). Unit: queries, pages, sources.
    """
    queries = pd.crosstab(searches["month"], searches["language"]).reindex(columns=list(LANGUAGES), fill_value=0)
    sums = searches.groupby("month")[["hits", "screened"]].sum()
    taken = searches.groupby("month")["taken"].agg(lambda lists: len({source for ids in lists for source in ids}))
    return queries.join(sums).join(taken).reset_index().rename_axis(columns=None)


def by_party(searches: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """One row per party asked about beside the MNLA: queries in each language.

    Returns columns party (its name), the keys of LANGUAGES, queries.
    """
    asked = searches.explode("parties")
    asked = asked[asked["parties"] != "mnla"]
    table = pd.crosstab(
        asked["parties"].map(actors.set_index("actor_id")["short_name"]).rename("party"), asked["language"]
    )
    table = table.reindex(columns=list(LANGUAGES), fill_value=0)
    return (
        table.assign(queries=table.sum(axis=1))
        .sort_values("queries", ascending=False, kind="stable")
        .reset_index()
        .rename_axis(columns=None)
    )


def by_pair(searches: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """One row per month: the languages of queries on the MNLA and each Islamist armed group.

    Returns columns month and, for each group by its short name, the languages asked in (a tuple of
    keys of LANGUAGES, in their order).
    """
    groups = actors[actors["side"].eq("islamist") & actors["parent_id"].notna()].set_index("actor_id")["short_name"]
    asked = searches[searches["parties"].map(lambda parties: "mnla" in parties)].explode("parties")
    asked = asked.assign(group=asked["parties"].map(groups)).dropna(subset=["group"])
    said = asked.groupby(["month", "group"])["language"].agg(
        lambda languages: tuple(language for language in LANGUAGES if language in set(languages))
    )
    months = sorted(searches["month"].unique())
    order = [name for name in groups if name in set(asked["group"])]
    table = said.unstack().reindex(index=months, columns=order)
    return (
        table.map(lambda languages: languages if isinstance(languages, tuple) else ())
        .reset_index()
        .rename_axis(columns=None)
    )


def sources_read(sources: pd.DataFrame) -> pd.DataFrame:
    """One row per kind of source: how many, in which languages, and how much of them was seen.

    Returns columns kind, sources, one per language of LANGUAGES, other (languages), whole, opening,
    excerpt, not_recorded. Unit: sources.
    """
    languages = pd.crosstab(sources["kind"], sources["language"].where(sources["language"].isin(LANGUAGES), "other"))
    parts = pd.crosstab(sources["kind"], sources["read"])
    table = languages.reindex(columns=[*LANGUAGES, "other"], fill_value=0).join(
        parts.reindex(columns=["whole", "opening", "excerpt", "not_recorded"], fill_value=0)
    )
    sizes = sources.groupby("kind").size().rename("sources")
    return (
        table.join(sizes).sort_values("sources", ascending=False, kind="stable").reset_index().rename_axis(columns=None)
    )


def archived(url: Cell, published: Cell) -> str | None:
    """The address of the archived copies of a page since its publication; missing without one.

    The rule of the Internet Archive's Wayback Machine: a date or an asterisk, then the address.
    """
    if not isinstance(url, str):
        return None
    day = published.partition("/")[0].replace("-", "") if isinstance(published, str) else ""
    return f"https://web.archive.org/web/{day}*/{url}"
