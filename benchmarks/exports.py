"""The files for other tools, made of the project's own data in many copies: seconds beside those of reading the same tables, and memory.

A process of its own makes each file, so that it reads the tables too, as the command does.
"""

import json
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from larger import write_larger
from measure import REPEATS, Measured

COPIES = (100, 1_000)
FILES = ("azawad-conflict.sqlite", "incidents.geojson", "towns.geojson", "range_claims.csv", "casualty_claims.parquet")
WORKBOOK = "azawad-conflict.xlsx"  # takes minutes of a thousand copies, and a sheet ends at twice that many
READINGS, GIBIBYTES = 2, 2  # a file in twice the time of reading
SLOPE = 1.1  # of time against claims, both as logarithms: 1 is in proportion
PROGRAM = """
import json, resource, sys, time
from azawad_conflict import tables
from azawad_conflict.exchange.__main__ import main

start = time.perf_counter()
tables.load("sources")  # reads and checks all
reading = time.perf_counter() - start
assert main(sys.argv[1:]) == 0
whole = time.perf_counter() - start
print(json.dumps([reading, whole, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)]))
"""


def measure():
    """Seconds of each file against those of reading, its memory, and how the time grows."""
    rows, medians = [], {}
    for times in COPIES:
        judged = times == COPIES[-1]
        with tempfile.TemporaryDirectory(prefix="exports-") as folder:
            claims = write_larger(Path(folder) / "data", times)
            for name in FILES if judged else (*FILES, WORKBOOK):
                reading, whole, memory = zip(*(_run(Path(folder), name) for _ in range(REPEATS)))
                seconds = Measured(
                    f"{name} of {claims:,} claims", whole, floor=min(reading), goal=READINGS if judged else None
                )
                gibibytes = [bytes_ / 2**30 for bytes_ in memory]
                goal = GIBIBYTES if judged else None
                if judged or name == WORKBOOK:
                    rows += [seconds, Measured(f"memory for {seconds.what}", gibibytes, unit="GiB", goal=goal)]
                if judged:
                    few, short = medians[name]
                    slope = math.log(seconds.median / short) / math.log(claims / few)
                    rows.append(Measured(f"growth of time of {name}, as a power", [slope], unit="", goal=SLOPE))
                medians[name] = claims, seconds.median
    return rows


def _run(folder, name):
    """Seconds of reading, seconds of all, and the most bytes that a process of its own took for one file."""
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder / "made"), name],
        env=os.environ | {"AZAWAD_DATA": str(folder / "data")},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(run.stdout.splitlines()[-1])
