"""The command says where the time of a build went."""

import re

from bookpress.build import LONGEST, time_table


def test_a_build_ends_with_a_table_of_where_the_time_went(built_book):
    first, second = (built_book.with_name(told).read_text("utf-8") for told in ("first", "second"))
    *_, running, notebook, writing, setting, publishing = first.splitlines()
    told = [
        re.fullmatch(r" {10}(.*?) +(\d+\.\d) s", line) for line in (running, notebook, writing, setting, publishing)
    ]
    assert [line[1] for line in told] == [
        "running the notebooks",
        "  notebooks/01-shapes",
        "writing the pages",
        "setting the PDF",
        "publishing the book",
    ]
    total = float(re.search(r"([\d.]+) s  done", first)[1])
    assert abs(sum(float(line[2]) for line in told if line is not told[1]) - total) < 0.5
    assert second.splitlines()[-1].split("  ")[-1].startswith("nothing changed since")


def test_the_table_names_the_longest_notebooks_first():
    ran = {f"notebooks/{number}": float(number) for number in range(LONGEST + 3)}
    lines = time_table([("running the notebooks", 9.0), ("writing the pages", 2.0)], ran).splitlines()
    assert [line.split()[-2] for line in lines] == [
        "9.0",
        *(f"{number}.0" for number in sorted(range(3, LONGEST + 3), reverse=True)),
        "2.0",
    ]
    assert len({len(line) for line in lines}) == 1
