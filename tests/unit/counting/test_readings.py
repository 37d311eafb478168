"""Named readings on the project's own data, and the words on what a total is worth."""

import re

import pytest

from azawad_conflict import casualties
from azawad_conflict.counting import readings
from azawad_conflict.counting.counted import between_sides, counts, described_claims, has_number
from azawad_conflict.figures.casualties import killed_by_reading, killed_by_voice
from azawad_conflict.tables import load
from azawad_conflict.wording import SUMS, caution, caution_together


@pytest.fixture(scope="module")
def real():
    return [load(name) for name in ("casualty_claims", "events", "actors", "sources")]


@pytest.fixture(scope="module")
def core(incidents):
    return casualties.core_killed(incidents)


@pytest.fixture(scope="module")
def reported(real):
    return readings.reported(load("readings"), *real)


def test_the_first_reading_is_the_published_one(reported, core):
    first = reported[reported["number"] == 1].set_index("side")
    for side in casualties.SIDES:
        assert (
            first.loc[side, casualties.RANGE].tolist() == casualties.total(core, side=side)[casualties.RANGE].tolist()
        )


def test_a_reading_holds_no_claim_of_a_voice_that_it_leaves_out(real):
    described = described_claims(*real).set_index("claim_id")
    for reading in load("readings").itertuples():
        kept = described.loc[readings.claims_of(reading, *real)["claim_id"]]
        for side, column in readings.COLUMN_OF.items():
            assert set(kept.loc[kept["side"] == side, "voice"]) <= set(getattr(reading, column))


def test_the_enemies_speak_of_the_mnla_and_nobody_of_his_own_islamist_dead(reported):
    by = reported.set_index(["reading_id", "side"])
    assert by.loc[("by_enemies", "mnla"), "reported"]
    assert (
        by.loc[("no_enemy", "islamist"), "high"] < by.loc[("all", "islamist"), "low"]
    )  # the finding that leads the book


def test_an_incident_of_a_reading_is_one_on_which_it_gives_a_number(real, reported):
    described = described_claims(*real)
    for reading in load("readings").itertuples():
        heard = described[described["claim_id"].isin(readings.claims_of(reading, *real)["claim_id"])]
        heard = heard[counts(heard) & has_number(heard) & heard["outcome"].eq("killed") & between_sides(heard)]
        for side in casualties.SIDES:
            wanted = heard.loc[heard["side"].eq(side), "event_id"].nunique()
            row = reported[(reported["reading_id"] == reading.reading_id) & (reported["side"] == side)]
            assert row["incidents"].item() == wanted, (reading.reading_id, side)


def test_without_the_mnla_the_islamist_total_falls_most(real):
    moved = readings.left_out("origin", *real)
    assert moved[moved["side"] == "islamist"].iloc[0]["what"] == "MNLA"


def of_side(core, side):
    return core[core["side"] == side]


def test_of_a_low_without_enemies_and_encyclopaedias_that_is_said_and_of_no_other(core, real):
    safe = of_side(core, "mnla").assign(low_voice="own_side", high_voice="own_side")
    alone = safe.loc[safe["origins"].eq(1), "low"].sum()
    assert (
        f"it holds as far as its reports are right and count nobody twice; for {alone} of it one origin alone speaks."
        in caution(safe)
    )
    assert "it holds as far as its reports are right and count nobody twice." in caution(safe.assign(origins=2))
    assert "no minimum; of the best of " in caution(safe.assign(low_voice="enemy", best_voice="enemy"))
    assert "no minimum; of the best of " in caution(safe.assign(low_voice="encyclopaedia", best_voice="encyclopaedia"))
    upper = caution(safe.assign(high_voice="enemy"))
    assert "no part of the low" in upper and "of the high" in upper and "the enemy's word" in upper
    assert "no minimum" in caution(casualties.core_killed(casualties.as_told(*real)))


def test_the_caution_of_each_series_is_that_of_its_own_rows(core):
    """No page can print the caution of another series: each sentence holds the series' own sums."""
    text = caution(core)
    assert text.startswith(SUMS)
    for side in casualties.SIDES:
        rows = of_side(core, side)
        (sentence,) = re.findall(rf"{casualties.SERIES[side]}: [^.]*\.", text)
        parts = casualties.by_voice(rows, ["side"]).set_index("voice")
        unsafe = parts["low"].reindex(list(casualties.NO_FLOOR)).fillna(0).sum()
        assert ("no part of the low" in sentence) == (unsafe == 0)
        assert f"{int(rows['low' if 'no part of the low' in sentence else 'best'].sum()):,}" in sentence


def test_everyone_has_a_caution_with_its_own_sum(incidents):
    everyone = casualties.everyone_killed(incidents)
    assert f"of the best of {everyone['best'].sum():,}, " in caution_together(everyone)


def test_the_figures_name_every_voice_and_every_reading(core, reported):
    by_voice = casualties.by_voice(core, ["side"])
    drawing = killed_by_voice.draw(by_voice)
    said = [casualties.VOICES[voice].replace("'", "’") for voice in by_voice.loc[by_voice["best"] > 0, "voice"]]
    assert all(voice[:1].upper() + voice[1:] in drawing for voice in said)
    assert str(by_voice["best"].max()) in drawing.heading and "their enemy" in killed_by_voice.alt(by_voice)
    drawing = killed_by_reading.draw(reported)
    assert all(name.replace("'", "’") in drawing for name in reported["name"])
    silent = reported.assign(reported=reported["reported"] & reported["side"].ne("islamist") | reported["number"].lt(3))
    for shown in (reported, silent):
        assert killed_by_reading.draw(shown).count("nothing said") == (~shown["reported"]).sum()
    assert "not stated" in killed_by_reading.alt(silent)
    assert killed_by_reading.draw(reported).heading.startswith(casualties.SERIES["islamist"])
