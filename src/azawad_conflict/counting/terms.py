"""The words of counting by key: sides, voices, roles, grades and the columns of a range."""

from azawad_conflict.language import WordsByKey

BASE_ARTICLE = "wikipedia_azawad"
# counting.weight: the lowest rank decides first.
ROLE_RANK = {
    "medical": 0,
    "monitor": 0,
    "own_losses": 1,
    "local": 2,
    "press": 2,
    "state": 3,
    "enemy_losses": 4,
    "encyclopaedia": 5,
}
SERIES = WordsByKey(
    {
        "mnla": "MNLA and allies",
        "islamist": "Islamist armed groups",
        "civilian": "Civilians",
        "state": "Malian soldiers",
        "allied": "Allied forces",
        "other": "Other armed groups",
        "unseparated": "Sides not separated",
    }
)
SIDES = ("mnla", "islamist")  # the two sides of the conflict
# methods.md, "Who says it": who speaks, by role of the claimant; a claim that an encyclopaedia
# carries is the encyclopaedia's.
VOICES = WordsByKey(
    {
        "third_party": "third parties",
        "official": "officials",
        "own_side": "the victims' own side",
        "enemy": "their enemy",
        "encyclopaedia": "an encyclopaedia alone",
    }
)
VOICE_OF = {
    "medical": "third_party",
    "monitor": "third_party",
    "local": "third_party",
    "press": "third_party",
    "state": "official",
    "own_losses": "own_side",
    "enemy_losses": "enemy",
    "encyclopaedia": "encyclopaedia",
}
NO_FLOOR = ("enemy", "encyclopaedia")  # voices whose number is no minimum
# methods.md, "Grades": the first that holds.
GRADES = WordsByKey(
    {
        "contested": "contested",
        "corroborated": "told by the victims' side and from outside",
        "own_side": "told by the victims' side, not from outside",
        "third_party": "third parties",
        "official": "officials",
        "enemy": "the enemy's word alone",
        "encyclopaedia": "an encyclopaedia alone",
        "no_number": "no number",
        "discounted": "discounted",
    }
)
BOMBER = "suicide bomber"  # word of the qualifier
DOZENS = 24  # methods.md, "Vague words": "dozens" is two dozen or more
CONTESTED_RATIO = 2  # methods.md, "Grades": claims apart by this factor contest each other
RANGE = ["low", "best", "high"]
KEYS = ["event_id", "group", "outcome"]
