"""The base article, statement by statement: counts by status, and what a wrong statement would move."""

import pandas as pd
import pytest

from azawad_conflict import base_article
from azawad_conflict.figures.base_article import statement_status
from azawad_conflict.headline.base_article import TABLES, consequences
from azawad_conflict.reader_tables.base_article import by_status
from azawad_conflict.tables import load

STATEMENTS = pd.DataFrame(
    {"topic": ["casualties", "casualties", "politics"], "status": ["supported", "disputed", "unsourced"]}
)


def test_statements_are_counted_by_topic_and_status():
    table = base_article.by_topic(STATEMENTS).set_index("topic")
    assert table.loc["casualties", ["supported", "disputed", "unsourced", "statements"]].tolist() == [1, 1, 0, 2]
    assert table.index.tolist() == ["casualties", "politics"]


def test_the_table_of_statements_says_how_many_have_each_status():
    told = by_status(STATEMENTS)
    assert "supported 1; " in told and "vague 0; " in told and told.endswith("; together 3.")


def test_a_party_alone_supports_what_nobody_else_is_cited_for():
    claims = pd.DataFrame(
        {"claim_id": ["own", "enemy", "press"], "claimant_role": ["own_losses", "enemy_losses", "press"]}
    )
    evidence = {
        "by one party": ("event_claims:own",),
        "by both": ("event_claims:own", "event_claims:enemy"),
        "by the press too": ("event_claims:own", "event_claims:press"),
        "by a row without a claimant": ("event_claims:own", "yardsticks:ucdp"),
        "by nothing": (),
    }
    cut = pd.DataFrame(
        {"statement": [*evidence, "contradicted"], "evidence": [*evidence.values(), ("event_claims:own",)]}
    )
    cut = cut.assign(status=["supported"] * len(evidence) + ["contradicted"])
    alone = base_article.by_parties_alone(cut, {"event_claims": claims})
    assert alone["statement"].tolist() == ["by one party", "by both"]


@pytest.fixture(scope="module")
def real():
    return {name: load(name) for name in TABLES}


def test_rows_taken_out_are_gone_and_spells_go_with_their_last_claim(real):
    rest = base_article.without(
        ["casualty_claims:gao_mnla_killed", "control_claims:menaka_to_islamists", "control_claims:gao_flag"], real
    )
    assert len(rest["casualty_claims"]) == len(real["casualty_claims"]) - 1
    assert "menaka_base_2" not in set(rest["control_spells"]["spell_id"]), "it rested on that claim alone"
    assert "gao_base_2" in set(rest["control_spells"]["spell_id"]), "it rests on others too"
    assert len(real["control_spells"]) > len(rest["control_spells"]), "the tables themselves are left alone"


def test_the_colonels_move_the_articles_own_total_and_no_other():
    row = consequences().set_index("statement_id").loc["s25b"]
    assert row["moved"] == (("killed, MNLA and allies, base article", 28, 24),)
    assert row["chapters"] == ("casualties",)


def test_totals_are_those_of_the_chapters(real):
    totals = base_article.totals(real)
    # As the casualties chapter prints them: infobox 37, text 28 and 13.
    assert (totals["killed, infobox"], totals["killed, MNLA and allies, base article"]) == (37, 28)
    assert totals["killed, Islamist armed groups, base article"] == 13


def test_every_piece_of_evidence_has_a_source():
    names = ("casualty_claims", "attribution_claims", "strength_claims", "event_claims", "control_claims", "yardsticks")
    sources = base_article.sources_of_rows({name: load(name) for name in names})
    assert all(item in sources for items in load("statements")["evidence"] for item in items)


def test_no_statement_is_supported_by_an_encyclopaedia():
    names = ("casualty_claims", "attribution_claims", "strength_claims", "event_claims", "control_claims", "yardsticks")
    sources = base_article.sources_of_rows({name: load(name) for name in names})
    kinds = load("sources").set_index("source_id")["kind"]
    judged = load("statements").query("status in ['supported', 'contradicted']")
    for row in judged.itertuples():
        assert any(kinds[sources[item]] != "encyclopaedia" for item in row.evidence), row.statement_id


def test_the_words_for_the_figure_tell_each_topic_in_the_order_of_its_bars():
    by_topic = base_article.by_topic(STATEMENTS)
    words = statement_status.alt(by_topic)
    share = (by_topic["supported"] / by_topic["statements"]).to_numpy()
    numbers = by_topic.assign(topic=by_topic["topic"].map(dict(statement_status.TOPICS))).to_dict("records")
    told = [words.index("{topic} {supported} of {statements}".format(**row)) for row in numbers]
    places = range(len(told))
    contradicted, disputed = words.index("Contradicted: "), words.index("Disputed: ")
    for row in numbers:
        assert not row["contradicted"] or f"{row['topic']} {row['contradicted']}" in words[contradicted:disputed]
        assert not row["disputed"] or f"{row['topic']} {row['disputed']}" in words[disputed:]
    assert sorted(places, key=told.__getitem__) == sorted(places, key=lambda place: (-share[place], place))
