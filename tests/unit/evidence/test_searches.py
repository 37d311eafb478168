"""The documented search and the list of sources."""

import pandas as pd
import pytest

from azawad_conflict.evidence import searches
from azawad_conflict.reader_tables.evidence import searches as read
from azawad_conflict.tables import load

ASKED = pd.DataFrame(
    {
        "month": ["2012-06", "2012-06", "2012-07"],
        "language": ["fr", "ar", "en"],
        "hits": [8, 5, 8],
        "screened": [3, 0, 2],
        "taken": [("a", "b"), ("a",), ()],
    }
)


def test_coverage_counts_queries_by_language_and_each_source_once():
    table = searches.coverage(ASKED).set_index("month")
    assert table.loc["2012-06", ["en", "fr", "ar", "hits", "screened", "taken"]].tolist() == [0, 1, 1, 13, 3, 2]
    assert table.loc["2012-07", "taken"] == 0


def test_every_month_of_the_window_was_searched_in_every_language():
    table = searches.coverage(load("searches")).set_index("month")
    months = [str(month) for month in pd.period_range("2012-01", "2014-12", freq="M")]
    assert set(months) <= set(table.index)
    assert (table.loc[months, list(searches.LANGUAGES)] > 0).all(axis=None)


def test_every_query_asks_about_a_party_beside_the_mnla():
    asked, actors = load("searches"), load("actors")
    table = searches.by_party(asked, actors)
    assert table["queries"].sum() == sum(len(set(parties) - {"mnla"}) for parties in asked["parties"])
    assert {"Ansar Dine", "MUJAO", "AQIM"} <= set(table["party"])


def test_each_pair_of_parties_was_searched_in_every_month_and_language():
    asked, actors = load("searches"), load("actors")
    table = searches.by_pair(asked, actors).set_index("month")
    assert table.index.tolist() == [str(month) for month in pd.period_range("2012-01", "2014-12", freq="M")]
    everywhere = table[["Ansar Dine", "MUJAO", "AQIM"]]
    assert everywhere.map(lambda languages: languages == tuple(searches.LANGUAGES)).all(axis=None)
    # These two groups did not exist for the whole of the window; book/searches.md gives the months and the source.
    assert (table.loc["2012-12":"2013-08", "Signatories in Blood"].map(len) == 3).all()
    assert (table.loc["2013-08":, "Al-Mourabitoun"].map(len) == 3).all()


def test_a_pair_is_asked_about_by_a_query_that_names_both():
    actors = load("actors")
    asked = pd.DataFrame(
        {
            "month": ["2012-06", "2012-06", "2012-07"],
            "language": ["fr", "en", "ar"],
            "parties": [("mnla", "mujao"), ("mnla", "aqim", "mujao"), ("ansar_dine",)],
        }
    )
    table = searches.by_pair(asked, actors)
    assert table.columns.tolist() == ["month", "MUJAO", "AQIM"]
    assert table.to_numpy().tolist() == [["2012-06", ("en", "fr"), ("en",)], ["2012-07", (), ()]]


@pytest.mark.parametrize(
    ("published", "link"),
    [
        ("2012-06-28", "https://web.archive.org/web/20120628*/http://x.org/a"),
        ("2012-06/2012-07", "https://web.archive.org/web/201206*/http://x.org/a"),
        (pd.NA, "https://web.archive.org/web/*/http://x.org/a"),
    ],
)
def test_the_link_to_archived_copies_is_made_by_rule(published, link):
    assert searches.archived("http://x.org/a", published) == link
    assert searches.archived(pd.NA, published) is None


def test_every_source_is_listed_with_its_language_and_a_link_or_a_reason():
    sources = load("sources")
    gone = pd.DataFrame({"withdrawn_id": ["older"], "replaced_by": [sources["source_id"][0]]})
    page = read.sources_html(sources, dict.fromkeys(sources["source_id"], "Cited <here>"), gone)
    assert page.count("<tr id=") == len(sources) and page.count('<span id="older">') == 1
    assert page.count(">Look up<") == sources["url"].notna().sum()
    assert "<here>" not in page and set(sources["language"]) <= set(read.NAMES)


def test_kinds_of_sources_add_up():
    sources = load("sources")
    table = searches.sources_read(sources)
    assert table["sources"].sum() == len(sources)
    assert table[["whole", "opening", "excerpt", "not_recorded"]].to_numpy().sum() == len(sources)
    assert table[[*searches.LANGUAGES, "other"]].to_numpy().sum() == len(sources)
