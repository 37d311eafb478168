"""The stack of towns by who held them, as the figure draws it."""

from azawad_conflict import territory
from azawad_conflict.figures.territory import control_stack
from toy_spells import RUNS


def test_the_stack_leaves_what_is_presumed_out_of_what_is_documented():
    known = control_stack.documented(territory.towns_by_holder(RUNS))
    assert known.tolist() == [1, 1]  # Gao; of Kidal it is documented that nobody was there
