"""The analysis on generated data packages: check, counting, spells and multiverse of the project's own data, and of copies of it.

The sizes are fixed, so that a goal asks for the same work when the project's own data have grown.
"""

import json
import math
import os
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from larger import own_claims, write_larger
from measure import REPEATS, Measured

SIZES = (6_500, 65_000, 650_000)  # claims of all kinds, to the nearest whole number of copies
SECONDS, GIBIBYTES = 6, 1
SLOPE = 1.1  # of time against claims, both as logarithms: 1 is in proportion
STEPS = ("check", "counting", "spells", "multiverse")
PROGRAM = """
import json, resource, sys, time
from azawad_conflict import casualties, multiverse, tables, territory

seconds, start = {}, time.perf_counter()

def done(step):
    global start
    seconds[step], start = time.perf_counter() - start, time.perf_counter()

claims, events, actors, sources, spells, control, places, phases = map(
    tables.load, ("casualty_claims", "events", "actors", "sources", "control_spells", "control_claims", "places", "phases")
)
done("check")
casualties.totals(casualties.incident_ranges(claims, events, actors, sources), ["side", "outcome"])
done("counting")
window = phases["first_day"].min(), phases["last_day"].max()
territory.days_by_state(territory.runs(territory.reading(spells, "assessed"), control, territory.populated(places), *window))
done("spells")
multiverse.combinations(claims, events, actors, sources, phases)
done("multiverse")
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)]))
"""


def measure():
    """Seconds and memory of all four steps together, and how they grow; the parts go to stderr."""
    rows, medians = [], []
    copies = (1, *(round(size / own_claims()) for size in SIZES))
    for times in copies:
        with tempfile.TemporaryDirectory(prefix="scale-") as folder:
            claims = write_larger(Path(folder) / "data", times)
            runs = [_run(Path(folder) / "data") for _ in range(REPEATS)]
        for step in STEPS:
            print(f"{claims:,} claims, {step}: {min(seconds[step] for seconds, _ in runs):.2f} s", file=sys.stderr)
        judged = times == copies[-1]
        whole = Measured(
            f"analysis of {claims:,} claims",
            [sum(seconds.values()) for seconds, _ in runs],
            goal=SECONDS if judged else None,
        )
        memory = Measured(
            f"memory for {claims:,} claims",
            [bytes_ / 2**30 for _, bytes_ in runs],
            unit="GiB",
            goal=GIBIBYTES if judged else None,
        )
        rows += [whole, memory]
        medians.append((claims, whole.median))
    for (few, short), (many, long) in pairwise(medians):
        slope = math.log(long / short) / math.log(many / few)
        rows.append(
            Measured(f"growth of time from {few:,} to {many:,} claims, as a power", [slope], unit="", goal=SLOPE)
        )
    return rows


def _run(data):
    """Seconds of each step and the most bytes that a process of its own took."""
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=os.environ | {"AZAWAD_DATA": str(data)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(run.stdout)
