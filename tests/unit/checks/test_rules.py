"""Every rule is broken at least once in a copy of the real data, and the check says where and what.

What a file, a cell or the descriptor can have wrong by itself is broken by the generated mutants of test_mutants.py; the
cases here hold the schema to what it has to refuse.
"""

import inspect
import json
import pkgutil

import pytest

from azawad_conflict import tables
from azawad_conflict.checks import rules
from azawad_conflict.tables import REPOSITORY

# One broken row per case: rule (None: the schema), file, row, changed cells, words of the fault, and its place between
# these: the column, or file, row and column where the fault is that of another row.
# fmt: off
ROWS = [
    # The schema: required, type, enum, pattern, minimum, maximum, unique, keys, lists
    (None, "events.csv", "gao_2012_06_27", {"name": ""}, "name", "blank, expected a value"),
    (None, "casualty_claims.csv", "gao_mnla_killed", {"low": "four"}, "low", '"four" is not a whole number'),
    (None, "casualty_claims.csv", "gao_mnla_killed", {"best": "3.5"}, "best", '"3.5" is not a whole number'),
    (None, "places.csv", "gao", {"latitude": "16,27"}, "latitude", '"16,27" is not a number'),
    (None, "phases.csv", "return", {"first_day": "2013-01"}, "first_day", "is not a day as YYYY-MM-DD"),
    (None, "phases.csv", "return", {"first_day": "2013-02-29"}, "first_day", "is not a day as YYYY-MM-DD"),
    (None, "casualty_claims.csv", "gao_mnla_killed", {"outcome": "dead"}, "outcome", '"dead" is not allowed, expected one'),
    (None, "actors.csv", "mnla", {"base_sentence": "1,3"}, "base_sentence", "does not match the pattern"),
    (None, "sources.csv", "dne_gao", {"url": "dailynewsegypt.com"}, "url", "does not match the pattern"),
    (None, "casualty_claims.csv", "gao_mnla_killed", {"low": "-4"}, "low", '"-4" is below the minimum, expected 0'),
    (None, "places.csv", "gao", {"latitude": "116.3"}, "latitude", "is above the maximum, expected 90"),
    (None, "statements.csv", "s53a", {"base_sentence": "54"}, "base_sentence", "is above the maximum, expected 53"),
    (None, "actors.csv", "chadian_forces", {"name": "French forces"}, "name", "stands in line 9 already"),
    (None, "events.csv", "talks_2012_12", {"event_id": "menaka_2012_11"}, "event_id", "already, expected each value once"),
    (None, "events.csv", "gao_2012_06_27", {"place_id": "gaoo"}, "place_id", '"gaoo" is not in places.csv'),
    (None, "actors.csv", "malian_army", {"parent_id": "nobody"}, "parent_id", '"nobody" is not in actors.csv'),
    (None, "casualty_claims.csv", "gao_mnla_killed", {"event_id": "nothing"}, "event_id", '"nothing" is not in events.csv'),
    (None, "people.csv", "bilal_ag_acherif", {"fate_event_id": "nothing"}, "fate_event_id", "is not in events.csv"),
    (None, "phases.csv", "ceasefire", {"source_id": "aba_ouaga;nobody"}, "source_id", '"nobody" is not in sources.csv'),
    (None, "control_claims.csv", "gao_flag", {"to_holder": "nobody"}, "to_holder", '"nobody" is not in actors.csv'),
    (None, "control_spells.csv", "gao_1", {"control_claims": "none"}, "control_claims", '"none" is not in control_claims'),
    (None, "actors.csv", "fulani_islamists", {"base_sentence": "16;16"}, "base_sentence", "names an item twice"),
    (None, "places.csv", "in_khalil", {"other_names": "Khalil;;In-Khalil"}, "other_names", "has a blank item"),
    (None, "places.csv", "in_khalil", {"other_names": "Khalil; In-Khalil"}, "other_names", "has a space beside ;"),
    # Claims
    ("low_best_high", "casualty_claims.csv", "gao_mnla_killed", {"low": "9"}, "low", "low 9 is above best 4"),
    ("low_best_high", "casualty_claims.csv", "gao_mnla_killed", {"high": "3"}, "best", "best 4 is above high 3"),
    ("low_best_high", "casualty_claims.csv", "merchants_killed_body", {"high": "29"}, "low", "low 30 is above high 29"),
    ("low_best_high", "strength_claims.csv", "mnla_fighters", {"high": "10"}, "low", "low 9000 is above high 10"),
    ("best_has_low", "casualty_claims.csv", "gao_mnla_killed", {"low": ""}, "low", "blank beside best 4"),
    ("number_or_reason", "casualty_claims.csv", "menaka_islamist_killed", {"reason": ""}, "reason", "no number and no reason"),
    ("number_or_reason", "strength_claims.csv", "mnla_deserted", {"high": ""}, "reason", "no number and no reason"),
    ("not_counted_says_why", "casualty_claims.csv", "menaka_leader_killed", {"reason": ""}, "reason", "blank where counted"),
    ("no_idle_reason", "casualty_claims.csv", "gao_mnla_killed", {"reason": "So."}, "reason", "a reason beside a number"),
    ("unit_fits_measure", "strength_claims.csv", "mnla_fighters", {"unit": "percent"}, "unit", "unit percent for fighters"),
    ("unit_fits_measure", "strength_claims.csv", "mnla_deserted", {"high": "150"}, "high", "150 per cent, expected 100"),
    ("periods_never_count", "casualty_claims.csv", "period_2012_mnla_killed", {"counted": "yes"}, "counted", "on the period"),
    ("open_end_starts_at_best", "casualty_claims.csv", "gao_mnla_killed", {"low": "3", "high": ""}, "best", "best 4 above low 3 without a high"),
    ("dozens_are_coded", "casualty_claims.csv", "gao_2012_06_27_mujao_killed_afp_en35", {"low": "12"}, "low", "dozens is not coded by the table, expected low 24"),
    ("dozens_are_coded", "casualty_claims.csv", "gao_2012_06_27_mujao_killed_afp_en35", {"best": "24"}, "low", "dozens is not coded by the table"),
    ("encyclopaedia_speaks_for_itself", "casualty_claims.csv", "gao_2012_06_27_unseparated_killed_reuters_gao", {"claimant_role": "encyclopaedia"}, "claimant_role", "encyclopaedia, and reuters_gao is none"),
    ("low_best_high", "yardsticks.csv", "ucdp_gao", {"low": "27"}, "low", "low 27 is above best 26"),
    ("number_or_reason", "yardsticks.csv", "ucdp_2013_mali", {"best": ""}, "reason", "no number and no reason"),
    ("no_idle_reason", "yardsticks.csv", "ucdp_gao", {"reason": "So."}, "reason", "a reason beside a number"),
    ("periods_never_count", "casualty_claims.csv", "gao_mnla_killed", {"counted": "period", "reason": "So."}, "counted", "period, and gao_2012_06_27 is none"),
    ("not_counted_says_why", "casualty_claims.csv", "period_2012_mnla_killed", {"reason": ""}, "reason", "blank where counted is period"),
    # Dates
    ("inside_study_window", "yardsticks.csv", "ucdp_2013_mali", {"date": "2015"}, "date", "does not touch the study"),
    ("inside_study_window", "ucdp_records.csv", "ged_67927", {"date": "2015-02-22"}, "date", "does not touch the study"),
    ("inside_study_window", "ucdp_dyads.csv", "maa_cma", {"window": "2011"}, "window", "does not touch the study"),
    ("inside_study_window", "event_claims.csv", "kidal_2012_03_30_date_armyrec", {"date": "2015-03-30"}, "date", "outside the study window"),
    ("edtf_valid", "events.csv", "gao_2012_06_27", {"date": "27 June 2012"}, "date", '"27 June 2012" is not a date'),
    ("edtf_valid", "events.csv", "gao_2012_06_27", {"date": "2012-06-31"}, "date", '"2012-06-31" is not a date'),
    ("edtf_valid", "events.csv", "in_khalil_2013_02_22", {"date": "2013-02-29"}, "date", "is not a date (day is out of"),
    ("edtf_valid", "events.csv", "gao_2012_06_27", {"date": "2012-06/2012-05"}, "date", "an interval that ends before it"),
    ("edtf_valid", "sources.csv", "dne_gao", {"published": "2012-6"}, "published", '"2012-6" is not a date'),
    ("inside_study_window", "events.csv", "gao_2012_06_27", {"date": "2011-06-27"}, "date", "is outside the study window"),
    ("inside_study_window", "events.csv", "fighting_since_2014", {"date": "2014-02/2015-01"}, "date", "outside the study"),
    ("inside_study_window", "events.csv", "period_2014", {"date": "2015"}, "date", "does not touch the study window"),
    ("inside_study_window", "control_claims.csv", "gao_flag", {"date": "2022-06-27"}, "date", "outside the study window"),
    ("inside_study_window", "control_spells.csv", "gao_1", {"start": "2012-01"}, "start", "2012-01 is outside the study"),
    ("undated_says_why", "events.csv", "alliance_2012", {"note": ""}, "note", "blank for an event without a date"),
    # Events
    ("one_phase_per_event", "events.csv", "gao_2012_06_27", {"phase_id": ""}, "phase_id", "blank for an event that lies in"),
    ("one_phase_per_event", "events.csv", "period_2012", {"phase_id": "alliance"}, "phase_id", "alliance for a period"),
    ("event_inside_its_phase", "events.csv", "gao_2012_06_27", {"phase_id": "alliance"}, "phase_id", "outside the phase"),
    ("event_inside_its_phase", "events.csv", "ceasefire_2013_06", {"phase_id": "lapse"}, "phase_id", "a day from 2013-09-27"),
    ("phase_rests_on_no_encyclopaedia", "phases.csv", "bombings", {"source_id": "bbc_inkhalil;fw_inarab"}, "source_id", "fw_inarab is an encyclopaedia page"),
    ("phases_in_order", "phases.csv", "lapse", {"last_day": "2013-09-01"}, "last_day", "comes before first_day 2013-09-27"),
    ("phases_in_order", "phases.csv", "return", {"first_day": "2013-01-10"}, "first_day", "overlaps the phase counter_off"),
    ("phases_in_order", "phases.csv", "return", {"first_day": "2013-01-12"}, "gap_before", "blank, with days without a ph"),
    ("phases_in_order", "phases.csv", "aftermath", {"gap_before": ""}, "gap_before", "expected first_day 2014-02-10"),
    ("phases_in_order", "phases.csv", "return", {"gap_before": "A pause."}, "gap_before", "a reason, and no gap before"),
    ("phases_in_order", "phases.csv", "rebellion", {"first_day": "2012-01-18"}, "first_day", "is not the first day of the"),
    ("phases_in_order", "phases.csv", "aftermath", {"last_day": "2014-12-30"}, "last_day", "is not the last day of the"),
    ("place_has_precision", "events.csv", "gao_2012_06_27", {"place_precision": ""}, "place_precision", "blank for gao"),
    ("place_has_precision", "events.csv", "talks_2012_12", {"place_precision": "exact"}, "place_precision", "without a pl"),
    ("base_date_needs_the_base_article", "events.csv", "kidal_2013_06_04", {"base_date": "2013-06"}, "base_date", "2013-06 for an event that does not rest on it"),
    ("casualties_have_a_violence_type", "events.csv", "in_arab_2013_03", {"violence_type": ""}, "violence_type", "blank for an event with casualties that count"),
    ("core_is_between_both_sides", "events.csv", "merchants_2014_02", {"scope": "core"}, "scope", "core for unknown_gunmen and tuareg_merchants"),
    ("core_is_between_both_sides", "events.csv", "gao_2012_06_27", {"scope": "context"}, "scope", "context for a fight of both sides"),
    # Actors
    ("no_actor_above_itself", "actors.csv", "islamist_groups", {"parent_id": "fulani_islamists"}, "parent_id", "part of its"),
    ("no_actor_above_itself", "actors.csv", "mnla", {"parent_id": "mnla"}, "parent_id", "mnla is part of itself"),
    ("a_part_says_whom_it_acts_for", "actors.csv", "mujao", {"acts_for_parent": ""}, "acts_for_parent", "blank for a part of islamist_groups"),
    ("a_part_says_whom_it_acts_for", "actors.csv", "mnla", {"acts_for_parent": "no"}, "acts_for_parent", "no for an actor without a parent"),
    ("active_in_order", "actors.csv", "french_forces", {"active_to": "2012"}, "active_to", "comes before active_from"),
    ("fate_fits_its_event", "people.csv", "bilal_ag_acherif", {"reported_fate": "not_stated"}, "fate_event_id", "not stated"),
    ("fate_fits_its_event", "people.csv", "bilal_ag_acherif", {"actor_id": "chadian_forces"}, "fate_event_id", "neither acts"),
    ("fate_fits_its_event", "people.csv", "bilal_ag_acherif", {"fate_event_id": "period_2012"}, "fate_event_id", "a period"),
    ("actors_active_on_the_date", "actors.csv", "islamist_groups", {"active_to": "2012-10"}, ("events.csv", "build_up_2012_12", "actor_b"), "islamist_groups was not active on 2012-12, expected active to 2012-10"),
    ("actors_active_on_the_date", "actors.csv", "islamist_groups", {"active_from": "2012-07"}, ("events.csv", "gao_looting_2012_06", "actor_a"), "was not active on 2012-06-27, expected active from 2012-07"),
    ("actors_active_on_the_date", "actors.csv", "mnla", {"active_to": "2012-10"}, ("casualty_claims.csv", "gao_november_mnla_wounded", "victim"), "mnla was not active"),
    ("actors_active_on_the_date", "actors.csv", "mnla", {"active_to": "2012-10"}, ("attribution_claims.csv", "fulani_reprisals_mnla", "accused"), "mnla was not active"),
    ("actors_active_on_the_date", "actors.csv", "mnla", {"active_to": "2012-10"}, ("control_claims.csv", "kidal_to_mnla", "to_holder"), "mnla was not active"),
    ("actors_active_on_the_date", "actors.csv", "islamist_groups", {"active_to": "2012-10"}, ("control_claims.csv", "gao_attack_fails", "from_holder"), "islamist_groups was not active"),
    ("actors_active_on_the_date", "actors.csv", "mnla", {"active_to": "2012-10"}, ("control_spells.csv", "kidal_base_1", "holder"), "mnla was not active"),
    ("actors_active_on_the_date", "actors.csv", "menaka_volunteers", {"active_to": "2012-10"}, ("people.csv", "alwabegat_ag_salakatou", "actor_id"), "was not active on 2012-11-19/2012-11-20"),
    # Territory
    ("base_reading_rests_on_the_base_article", "control_spells.csv", "gao_base_2", {"control_claims": "gao_2012_06_27_dne_gao"}, "control_claims", "gao_2012_06_27_dne_gao is no claim of the base article"),
    ("place_inside_mali", "places.csv", "gao", {"longitude": "44.7"}, "longitude", "44.7 is outside Mali, expected -12.3"),
    ("place_inside_mali", "places.csv", "gao", {"latitude": "-16.27"}, "latitude", "-16.27 is outside Mali"),
    ("place_inside_mali", "places.csv", "tinzaouaten", {"country": "Algeria"}, "region_2012", "for a place in Algeria"),
    ("place_or_area", "control_claims.csv", "gao_flag", {"place_id": ""}, "place_id", "neither place_id nor area"),
    ("place_or_area", "control_claims.csv", "gao_flag", {"area": "the city"}, "area", "both place_id gao and an area"),
    ("spell_starts_before_it_ends", "control_spells.csv", "menaka_1", {"start": "2012-11-22"}, "end", "does not come after"),
    ("holders_fit_state", "control_spells.csv", "gao_1", {"holder": "mnla;malian_army"}, "holder", "several holders"),
    ("holders_fit_state", "control_spells.csv", "gao_1", {"holder": ""}, "holder", "blank for a place that is held"),
    ("holders_fit_state", "control_spells.csv", "gao_1", {"state": "empty"}, "holder", "a holder of a place that is empty"),
    ("spell_holders_are_claimed", "control_spells.csv", "gao_3", {"holder": "malian_army"}, "holder", "malian_army, whom none of its claims names"),
    ("a_day_is_whose_are_there_at_its_end", "control_spells.csv", "tessalit_1", {"end": "2012-03-11"}, "end", "tessalit_2012_03_10_dw_tessalit has them gone on 2012-03-10"),
    ("spell_rests_on_more_than_the_holders_word", "control_spells.csv", "tessalit_7", {"control_claims": "tessalit_2014_05_22_africalog", "state": "held", "holder": "malian_state"}, "control_claims", "nothing but the word of the holder"),
    ("spell_rests_on_more_than_the_holders_word", "control_spells.csv", "lere_4", {"control_claims": "lere_2014_05_21_camtrib", "holder": "mnla"}, "control_claims", "nothing but the word of the holder"),
    ("a_fitting_claim_is_named", "control_spells.csv", "lere_2", {"control_claims": "lere_2012_01_26_tamoudre;lere_2012_01_31_jdm_niaf;lere_2012_02_17_mw48906;lere_2012_02_18_mw48863;lere_2012_04_sahmed;lere_2012_04_to_2012_06_qaida_azawad_book;lere_2012_07_05_rfi_5jul"}, "control_claims", "lere_2012_10_rfi_pied is left out"),
    ("holders_fit_state", "control_spells.csv", "menaka_base_1", {"holder": "mnla"}, "holder", "one holder of a place that is"),
    ("spell_rests_on_its_place", "control_spells.csv", "gao_1", {"control_claims": "menaka_mnla_before"}, "control_claims", "menaka"),
    ("spell_rests_on_its_place", "control_spells.csv", "gao_1", {"control_claims": "strongholds_lost"}, "control_claims", "an area"),
    ("place_or_area", "abuse_claims.csv", "north_2012_mnla_rape_national_un", {"area": ""}, "place_id", "neither place_id nor area"),
    ("place_or_area", "abuse_claims.csv", "north_2012_mnla_rape_national_un", {"place_id": "gao"}, "area", "both place_id gao"),
    ("spell_start_is_bounded", "control_spells.csv", "in_khalil_1", {"start": "2013-02/..", "end": ""}, "start", "2013-02/.. is open"),
    ("spells_apart", "control_spells.csv", "gao_base_1", {"end": "2012-06-28"}, ("control_spells.csv", "gao_base_2", "start"), "starts 2012-06-27 before gao_base_1 surely ended (2012-06-28)"),
    ("spells_apart", "control_spells.csv", "gao_base_1", {"end": "2012-06"}, ("control_spells.csv", "gao_base_2", "start"), "before gao_base_1 surely ended (2012-06)"),
    ("spells_apart", "control_spells.csv", "gao_base_2", {"end": ""}, ("control_spells.csv", "gao_base_3", "start"), "while gao_base_2 has no end"),
    # Sources
    ("screened_and_left", "searches.csv", "s2013_01_fr_1", {"screened": "99"}, "screened", "99 of"),
    ("screened_and_left", "searches.csv", "s2013_01_fr_1", {"left": "99"}, "left", "99 of"),
    ("address_or_reason", "sources.csv", "dne_gao", {"url": ""}, "no_url", "neither url nor no_url"),
    ("address_or_reason", "sources.csv", "dne_gao", {"no_url": "So."}, "no_url", "both url and no_url"),
    ("same_url_in_bibliography", "sources.csv", "dne_gao", {"url": "https://example.org/"}, ("references.bib", "@misc{dne_gao", "url"), "is not the url in sources.csv"),
    # Schemes set beside ours
    ("crosswalk_names_our_columns", "crosswalk.csv", "ged_latitude", {"ours": "places.height"}, "ours", '"places.height" is no column'),
    ("crosswalk_names_our_columns", "crosswalk.csv", "ged_gwnoa", {"ours": "places.name"}, "ours", "columns for gwnoa, which nothing fills"),
    ("crosswalk_names_our_columns", "crosswalk.csv", "ged_longitude", {"ours": ""}, "ours", "blank for longitude, which is same"),
    ("crosswalk_says_what_is_done", "crosswalk.csv", "ged_year", {"rule": ""}, "rule", "blank for year, which is derived"),
    ("crosswalk_says_what_is_done", "crosswalk.csv", "ged_id", {"lost": ""}, "lost", "blank for id"),
    ("crosswalk_says_what_is_done", "crosswalk.csv", "ged_low", {"column": "high"}, "column", "high stands in ucdp_ged already"),
    ("ucdp_record_adds_up", "ucdp_records.csv", "ged_67927", {"low": "6"}, "low", "low 6 is above best 5"),
    ("ucdp_record_adds_up", "ucdp_records.csv", "ged_67678", {"high": "46"}, "best", "best 47 is above high 46"),
    ("ucdp_record_adds_up", "ucdp_records.csv", "ged_67684", {"deaths_a": "2"}, "best", "the parts add up to 10"),
    # Ids that were withdrawn
    ("withdrawn_for_good", "withdrawn_ids.csv", "period_undated_mnla_killed_clateway", {"withdrawn_id": "gao_mnla_killed"}, "withdrawn_id", "gao_mnla_killed is an id of casualty_claims"),
    ("withdrawn_for_good", "withdrawn_ids.csv", "period_undated_mnla_killed_clateway", {"replaced_by": "gao_2012_06_27"}, "replaced_by", "gao_2012_06_27 is not in casualty_claims"),
    ("withdrawn_for_good", "withdrawn_ids.csv", "period_undated_mnla_killed_clateway", {"table": "claims"}, "table", '"claims" is no table'),
    # Editions
    ("edition_is_declared", "changes.csv", "all_islamist_3", {"edition": "3.10.0"}, "edition", "3.10.0 is later than datapackage.json says, expected 3.0.0 or earlier; make edition"),
    ("edition_is_declared", "withdrawn_ids.csv", "period_undated_mnla_killed_clateway", {"edition": "4.0.0"}, "edition", "4.0.0 is later than"),
    ("change_has_the_day_of_its_edition", "changes.csv", "all_islamist_3", {"date": "2026-11-28"}, "date", "is not the day of edition 3.0.0, expected 2026-11-30"),
    ("change_has_the_day_of_its_edition", "changes.csv", "all_islamist", {"date": "2026-11-24"}, "date", "is not the day of edition 2.0.0, expected 2026-11-23"),
    ("change_goes_on_from_the_last", "changes.csv", "all_islamist_3", {"key": "casualties_mnla_side_killed"}, "key", "has a row of 3.0.0 already"),
    ("change_goes_on_from_the_last", "changes.csv", "all_islamist_3", {"before": "13"}, "before", '"13" is not what 2.0.0 printed, expected "68 to 111 or more"'),
    ("change_goes_on_from_the_last", "changes.csv", "all_islamist_3", {"after": "68 to 111 or more"}, "after", "the same as before"),
    # Base article
    ("status_fits_its_evidence", "statements.csv", "s19a", {"evidence": ""}, "evidence", "blank for supported"),
    ("status_fits_its_evidence", "statements.csv", "s19a", {"status": "unsourced"}, "status", "unsourced, with evidence"),
    ("named_rows_exist", "statements.csv", "s19a", {"evidence": "events:gao"}, "evidence", '"gao" is not in events'),
    ("named_rows_exist", "second_coding.csv", "statements_s00a_status", {"row": "statements:s99z"}, "row", '"s99z" is not in statements'),
    ("silence_is_true", "statements.csv", "s47a", {"status": "unsourced", "evidence": ""}, "status", "gives the number"),
    ("silence_is_true", "statements.csv", "s36a", {"finding": "No source read speaks of this."}, "finding", "silence, and rows say so"),
    ("statement_is_carried_or_not", "statements.csv", "s09a", {"carried_by": ""}, "carried_by", "neither carried_by nor"),
    ("statement_is_carried_or_not", "statements.csv", "s09a", {"reason": "Odd."}, "reason", "both carried_by and reason"),
    ("named_rows_exist", "statements.csv", "s09a", {"carried_by": "event:gao"}, "carried_by", '"event:gao" names no table'),
    ("named_rows_exist", "statements.csv", "s09a", {"carried_by": "events:gao"}, "carried_by", '"gao" is not in events'),
    ("base_sentences_exist", "events.csv", "gao_2012_06_27", {"base_sentence": "5;54"}, "base_sentence", '"54" is no sent'),
    ("base_sentences_exist", "actors.csv", "mnla", {"base_sentence": ""}, "base_sentence", "blank for a row of wikipedia"),
    # Background
    ("background_number_has_its_unit", "background_claims.csv", "minusma", {"unit": ""}, "unit", "blank for a number"),
    ("background_number_has_its_unit", "background_claims.csv", "minusma", {"number": ""}, "unit", "a unit without a number"),
    ("background_aspect_is_of_somebody", "background_claims.csv", "mnla_aim", {"aspect": ""}, "aspect", "blank for a statement on an actor"),
    ("background_aspect_is_of_somebody", "background_claims.csv", "mnla_aim", {"actor_id": ""}, "actor_id", "blank for the aspect aim"),
    # Order
    ("rows_sorted", "events.csv", "talks_2012_12", {"date": "2012-11-17"}, "event_id", "talks_2012_12 stands too low"),
    ("rows_sorted", "events.csv", "talks_2012_12", {"date": ""}, "event_id", "talks_2012_12 stands too low"),
    ("casualty_claims_sorted", "casualty_claims.csv", "gao_mnla_wounded", {"event_id": "period_2012"}, "claim_id", "too low, expected it above "),
    ("rows_sorted", "phases.csv", "alliance", {"number": "99"}, ("phases.csv", "loss_of_cities", "number"), "2 stands too low, expected it above 99 in line 3: rows sorted by number"),
    ("rows_sorted", "control_claims.csv", "gao_flag", {"claim_id": "zgao_flag"}, ("control_claims.csv", "gao_to_islamists", "claim_id"), "stands too low"),
    ("rows_sorted", "abuse_claims.csv", "gao_2012_mujao_rape_ma_viols_gao", {"claim_id": "zgao"}, ("abuse_claims.csv", "goundam_2012_unseparated_rape_jdm_viols", "claim_id"), "stands too low"),
    ("rows_sorted", "searches.csv", "s2013_01_fr_1", {"search_id": "a2013"}, ("searches.csv", "a2013", "search_id"), "stands too low"),
]
# fmt: on


def drop(file, row_id):
    return lambda data: data.remove(file, row_id)


def change(file, old, new):
    return lambda data: data.replace(file, old, new)


def raw(file, edit):
    return lambda data: data.write(file, edit(data.path(file).read_bytes()))


def swap_lines(file, first, second):
    def edit(data):
        lines = data.read(file).split("\n")
        lines[first - 1], lines[second - 1] = lines[second - 1], lines[first - 1]
        data.write(file, "\n".join(lines))

    return edit


# Everything else: rule, edit, file, line (a number, or the id of the row), column, words.
# fmt: off
FOLDERS = [
    (None, lambda data: data.write("odd.csv", "a\n1\n"), "odd.csv", 1, "(file)", "the file is not in datapackage.json"),
    (None, lambda data: data.write("datapackage.json", "{\n,}"), "datapackage.json", 2, "(file)", "not read as JSON"),
    (None, raw("places.csv", lambda b: b.decode().encode("cp1252")), "places.csv", 5, "name", "a character that was lost"),
    ("sources_in_bibliography", change("references.bib", "@misc{edtf,", "@misc{edft,"), "sources.csv", "edtf", "source_id", "/book/references.bib"),
    ("sources_in_bibliography", change("references.bib", "@misc{edtf,", "@misc{edft,"), "references.bib", "@misc{edft", "source_id", "edft is not in sources.csv"),
    (None, change("references.bib", "author = {{aBamako}},", "author = {{aBamako},"), "references.bib", "@misc{aba2712", "(file)", "not read as BibTeX"),
    ("address_in_bibliography_is_of_the_web", change("references.bib", "@misc{edtf,", "@misc{edtf, url = {javascript:alert(1)},"), "references.bib", "@misc{edtf", "url", '"javascript:alert(1)" of edtf is no web address'),
    ("base_article_rows_are_stated", drop("statements.csv", "s26c"), "control_claims.csv", "gao_flag", "claim_id", "is in no statement"),
    ("base_article_rows_are_stated", drop("statements.csv", "s40a"), "events.csv", "build_up_2012_12", "event_id", "is in no statement"),
    ("every_sentence_has_a_statement", drop("statements.csv", "s40a"), "statements.csv", 1, "base_sentence", "no statement for sentence 40"),
    ("rows_sorted", swap_lines("background_claims.csv", 2, 3), "background_claims.csv", 3, "claim_id", "rebellion_1963 stands too low"),
    ("rows_sorted", swap_lines("events.csv", 2, 3), "events.csv", 3, "event_id", "alliance_2012 stands too low"),
]
# fmt: on


def names(cases):
    """Test ids: the rule, or the file, and the number of the case in its list."""
    return [
        f"{number}-{case[0] or next(part for part in case[1:] if isinstance(part, str))}"
        for number, case in enumerate(cases)
    ]


def place_of(case):
    """File, row and column of the fault of a case of ROWS."""
    _, file, row, _, place, _ = case
    return (file, row, place) if isinstance(place, str) else place


def batches(cases):
    """The numbers of cases in batches, within which no row is broken, or at fault, twice."""
    together, taken = [], []
    for number, case in enumerate(cases):
        touched = {case[1:3], place_of(case)[:2]}
        free = next((batch for batch, rows in enumerate(taken) if not rows & touched), len(taken))
        if free == len(taken):
            together.append([])
            taken.append(set())
        together[free].append(number)
        taken[free] |= touched
    return together


class Checked:
    """The faults of a copy of the data, all of them and those that one rule alone finds."""

    def __init__(self, data):
        self.found, self.faults = tables.read(data.folder)
        self.entries, _ = tables.read_bibliography(data.bibliography)
        self.descriptor = data.path("datapackage.json")

    def refuses(self, rule, place, words):
        """True if the check finds a fault with these words at a place, and the rule by itself too."""
        return self._said(self.faults, place, words) and (not rule or self._said(self._of_rule(rule), place, words))

    def _said(self, faults, place, words):
        return any((fault.file, fault.line, fault.column) == place and words in str(fault) for fault in faults)

    def _of_rule(self, name):
        package = json.loads(self.descriptor.read_text())
        known = {**self.found, "tables": self.found, "package": package, "bibliography": self.entries}
        (rule,) = (rule for rule in rules.RULES if rule.__name__ == name)
        return rule(**{parameter: known[parameter] for parameter in inspect.signature(rule).parameters})


@pytest.fixture(scope="module")
def in_company(tmp_path_factory, copy_into):
    """True for each case of ROWS whose fault is found while rows of other cases are broken too."""
    found = {}
    for batch in batches(ROWS):
        data = copy_into(tmp_path_factory.mktemp("broken"))
        places = {number: located(data, ROWS[number]) for number in batch}
        checked = Checked(data)
        found |= {number: checked.refuses(ROWS[number][0], place, ROWS[number][-1]) for number, place in places.items()}
    return found


def located(data, case):
    """Break the row of a case, and return file, line and column of the fault."""
    _, file, row, values, _, _ = case
    line = data.set(file, row, **values)
    at_file, at_row, column = place_of(case)
    return at_file, line if (at_file, at_row) == (file, row) else data.line_of(at_file, at_row), column


def test_real_data_has_no_fault():
    assert tables.check(REPOSITORY / "data") == []


@pytest.mark.parametrize("number", range(len(ROWS)), ids=names(ROWS))
def test_broken_row(number, in_company, data_copy):
    rule, *_, words = ROWS[number]
    if not in_company[number]:  # the others may hide it
        place = located(data_copy, ROWS[number])
        checked = Checked(data_copy)
        assert checked.refuses(rule, place, words), "\n".join(map(str, checked.faults))


@pytest.mark.parametrize(("rule", "edit", "file", "line", "column", "words"), FOLDERS, ids=names(FOLDERS))
def test_broken_folder(rule, edit, file, line, column, words, data_copy):
    edit(data_copy)
    checked = Checked(data_copy)
    line = line if isinstance(line, int) else data_copy.line_of(file, line)
    assert checked.refuses(rule, (file, line, column), words), "\n".join(map(str, checked.faults))


def test_every_rule_is_broken_once():
    assert {case[0] for case in [*ROWS, *FOLDERS]} - {None} == {rule.__name__ for rule in rules.RULES}


def test_every_topic_is_imported_and_every_function_of_it_a_rule():
    topics = {module.name for module in pkgutil.iter_modules(rules.__path__)} - {"registry", "shared"}
    assert {rule.__module__.rpartition(".")[2] for rule in rules.RULES} == topics
    for topic in topics:
        functions = inspect.getmembers(getattr(rules, topic), inspect.isfunction)
        public = [
            one for name, one in functions if one.__module__.endswith(f"rules.{topic}") and not name.startswith("_")
        ]
        assert set(public) <= set(rules.RULES), topic
    parameters = {"tables", "package", "bibliography"} | {resource["name"] for resource in tables.schema()["resources"]}
    assert all(set(inspect.signature(rule).parameters) <= parameters for rule in rules.RULES)


def test_a_line_break_moves_no_later_line(data_copy):
    data_copy.set("people.csv", "mahmoud_ag_aghaly", note="one\ntwo\nthree")
    line = data_copy.set("people.csv", "bilal_ag_acherif", reported_fate="lost")
    assert line == 5
    assert [fault.line for fault in tables.check(data_copy.folder) if fault.column == "reported_fate"] == [5]


def test_all_faults_in_one_run(data_copy):
    data_copy.set("events.csv", "gao_2012_06_27", name="", date="2012-06-31")
    data_copy.set("casualty_claims.csv", "gao_mnla_killed", low="9", victim="nobody")
    data_copy.path("people.csv").unlink()
    found = {(fault.file, fault.column) for fault in tables.check(data_copy.folder)}
    assert found >= {
        ("events.csv", "name"),
        ("events.csv", "date"),
        ("casualty_claims.csv", "low"),
        ("casualty_claims.csv", "victim"),
        ("people.csv", "(file)"),
    }


def test_one_ragged_row_is_one_fault(data_copy):
    data_copy.replace("people.csv", ",not_stated,,", ",not_stated,")
    assert [fault.column for fault in tables.check(data_copy.folder)] == ["(row)"]


def test_a_cell_of_10_megabytes_is_reported(data_copy):
    line = data_copy.set("events.csv", "gao_2012_06_27", note="x" * 10_000_000)
    (fault,) = tables.check(data_copy.folder)
    assert (fault.line, fault.column, fault.expected) == (line, "note", "at most 2,000")
    assert len(str(fault)) < 200


def test_accepted_edge_cases(data_copy):
    data_copy.set("casualty_claims.csv", "menaka_islamist_killed", low="0", best="0", high="0", reason="")
    data_copy.set("casualty_claims.csv", "gao_mnla_killed", high="")
    data_copy.set("actors.csv", "menaka_volunteers", active_from="2012-11", active_to="2012-11-20")
    assert tables.check(data_copy.folder) == []
