"""The words of the glossary in each language."""

from azawad_conflict.reader_tables import glossary


def test_each_word_of_the_glossary_stands_beside_its_french():
    terms = glossary.terms()
    assert terms.columns.tolist() == ["English", "Français"]
    french = terms.set_index("English")["Français"]
    assert french[["Claim", "Claimant", "Spell", "AQIM"]].tolist() == [
        "Affirmation",
        "Auteur",
        "Période de contrôle",
        "AQMI",
    ]
    assert terms["English"].is_unique and terms.ne("").all().all()


def test_a_new_word_stands_untranslated_until_its_page_is_read_with_it(monkeypatch, tmp_path):
    page = tmp_path / "glossary.md"
    page.write_text("Spell\n: one.\n\nWord of tomorrow\n: another.\n", encoding="utf-8")
    monkeypatch.setattr(glossary, "PAGE", page)
    assert glossary.terms().to_numpy().tolist() == [
        ["Spell", "Période de contrôle"],
        ["Word of tomorrow", "Word of tomorrow"],
    ]


def test_words_in_another_language_than_the_reader_s_say_which(monkeypatch):
    terms = glossary.terms().head(1)
    assert glossary.marked(terms).iloc[0].tolist() == [
        terms["English"][0],
        f"{{language}}`{terms['Français'][0]} <fr>`",
    ]
    monkeypatch.setenv("LANGUAGE", "fr")
    assert glossary.marked(terms).iloc[0].tolist() == [
        f"{{language}}`{terms['English'][0]} <en>`",
        terms["Français"][0],
    ]


def test_a_term_whose_words_are_not_as_many_in_each_language_stays_whole():
    assert glossary._words(["Low, high", "valeur basse, valeur haute"]) == [
        ("Low", "Valeur basse"),
        ("High", "Valeur haute"),
    ]
    assert glossary._words(["Low, high", "les deux bornes"]) == [("Low, high", "Les deux bornes")]
