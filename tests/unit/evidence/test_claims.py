"""The claims as the book lists them: none is lost, each has its place and source."""

from azawad_conflict import territory
from azawad_conflict.evidence import claims
from azawad_conflict.reader_tables.evidence import claims as read
from azawad_conflict.tables import load


def test_no_casualty_claim_is_lost_and_each_is_in_its_phase():
    rows = claims.casualty_claims(load("casualty_claims"), load("events"), load("actors"), load("phases"))
    assert sorted(rows["claim_id"]) == sorted(load("casualty_claims")["claim_id"])
    assert set(rows.loc[rows["event_id"] == "bourem_2014_04_29", "phase_name"]) == {claims.NO_PHASE}
    assert rows["victim_name"].notna().all() and rows["date"].dropna().is_monotonic_increasing


def test_attributions_and_other_claims_stand_in_one_table():
    rows = claims.other_claims(
        load("attribution_claims"), load("event_claims"), load("events"), load("actors"), load("phases")
    )
    assert len(rows) == len(load("attribution_claims")) + len(load("event_claims"))
    denial = rows.set_index("claim_id").loc["gao_streets_first_denial"]
    assert (denial["aspect"], denial["statement"]) == ("author", "Denies it of MNLA.")


def test_no_control_claim_is_lost_and_areas_have_no_region():
    rows = claims.control_claims(load("control_claims"), load("places"))
    assert sorted(rows["claim_id"]) == sorted(load("control_claims")["claim_id"])
    assert rows.set_index("claim_id").loc["strongholds_lost", "region"] == "No region or place named"


def test_a_claim_on_a_town_says_whether_the_reading_rests_on_it():
    spells = territory.reading(load("control_spells"), "assessed")
    rows = claims.control_claims(load("control_claims"), load("places"))
    rows["in_reading"] = claims.in_reading(rows, spells)
    named = {claim for ids in spells["control_claims"] for claim in ids}
    assert set(rows.loc[rows["in_reading"], "claim_id"]) == named
    shown = read.control(rows, load("actors")).set_index("Id")["In the reading"]
    assert {claim for claim, answer in shown.items() if answer == "yes"} == named
    assert set(shown) == {"yes", "no"}


def test_claims_on_a_town_stand_below_its_name_which_has_an_address():
    rows = claims.control_claims(load("control_claims"), load("places")).assign(in_reading=True)
    found = {on.key: on for on in read.by_place(rows)}
    menaka, sources = found["menaka"], found["menaka"].rows["source_id"].nunique()
    assert (menaka.name, menaka.address) == ("Ménaka", "control-menaka")
    told = f"{len(menaka.rows)} claims from {sources} sources; in the reading: {len(menaka.rows)}."
    assert menaka.overview == f"Gao region. {told}"
    assert set(menaka.rows["place_name"]) == {"Ménaka"} and sum(len(on.rows) for on in found.values()) == len(rows)


def test_each_listed_claim_cites_its_source():
    rows = claims.casualty_claims(load("casualty_claims"), load("events"), load("actors"), load("phases"))
    table = read.casualties(rows)
    assert table["Source"].tolist() == [f"{{cite:t}}`{source}`" for source in rows["source_id"]]
    assert table.loc[rows["claim_id"] == "gao_2012_06_27_mujao_killed_afp_en35", "Claimed"].tolist() == [
        "at least 24 killed (dozens)"
    ]
    assert table.loc[rows["claim_id"] == "gao_2012_06_27_unseparated_killed_reuters_gao", "Claimed"].tolist() == [
        "at least 20 killed"
    ]


def test_a_claim_without_a_number_says_what_happened_before_that():
    rows = claims.casualty_claims(load("casualty_claims"), load("events"), load("actors"), load("phases"))
    words, unstated = read.casualties(rows)["Claimed"], rows["low"].isna() & rows["high"].isna()
    assert unstated.any() and words[unstated].str.match(r"(killed|wounded|captured): no number stated\b").all()
    assert not words[~unstated].str.contains("not stated").any()


def test_a_claim_that_does_not_count_says_why():
    rows = claims.casualty_claims(load("casualty_claims"), load("events"), load("actors"), load("phases"))
    words = read.casualties(rows)["Claimed"]
    is_part, left_out = rows["counted"].eq("part"), rows["counted"].isin(["no", "period"])
    assert (
        words[left_out].str.contains(r"; not counted: \S").all() and words[is_part].str.contains(r"; a part: \S").all()
    )
    assert not words[~left_out].str.contains("not counted").any()


def test_an_overview_counts_every_claim_once():
    rows = claims.casualty_claims(load("casualty_claims"), load("events"), load("actors"), load("phases"))
    table = claims.overview(rows, "phase_name", "event_id")
    assert table["claims"].sum() == len(rows) and table["counted"].sum() == rows["counted"].isin(["yes", "part"]).sum()
    assert table["on"].sum() == rows["event_id"].nunique()  # an event lies in one phase
    control = claims.overview(claims.control_claims(load("control_claims"), load("places")), "region", "place_name")
    assert control["counted"].isna().all() and "Claims that can count" not in read.overview(control, "Region", "Places")
