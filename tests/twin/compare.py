"""Quotes random baskets with the engine and with the twin, and holds every figure of the one against the other. Tolerance: nothing.

`python3 tests/twin/compare.py --engine target/debug/dutiable --count 200000`; exits with 1 where anything differs.
"""
import argparse
import json
import subprocess
import sys
import time
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from functools import partial
from pathlib import Path

from baskets import Baskets
from twin import Twin

ROOT = Path(__file__).resolve().parents[2]
CHUNK = 2_500
KINDS = ["complete", "range", "partial", "prohibited", "error"]
KEYS = ("kind", "measure", "item", "amount", "low", "high")


def pared(quote):
    """What is compared of an engine's quote."""
    if "error" in quote:
        return quote
    return {"status": quote["status"], "regime": quote["regime"] and quote["regime"]["id"],
            "lines": [{key: line[key] for key in KEYS} for line in quote["lines"]],
            "totals": quote["totals"], "soFar": quote["soFar"], "range": quote["range"]}


def differences(engine, twin):
    """Where the two differ, as (cause, of the engine, of the twin), the deepest cause first."""
    if "error" in engine or "error" in twin:
        if engine.get("error") != twin.get("error"):
            yield "error", engine.get("error", "quoted"), twin.get("error", "quoted")
        return
    for key in ("regime", "status"):
        if engine[key] != twin[key]:
            yield key, engine[key], twin[key]
    named = [Counter(tuple(exact(line, key) for key in KEYS) for line in quote["lines"]) for quote in (engine, twin)]
    only = [sorted((side - other).elements(), key=str) for side, other in (named, named[::-1])]
    for kind in ("duty", "relief", "tax", "fee"):
        mine, its = ([line for line in lines if line[0] == kind] for lines in only)
        if mine or its:
            if kind == "duty" and not any(any(line[3:]) for line in mine + its):
                yield "a duty of nothing, of another line that the code can mean", mine, its
            yield "+".join(sorted({line[1] for line in mine + its})), mine, its
    if only == [[], []] and sorted(map(str, engine["lines"])) != sorted(map(str, twin["lines"])):
        yield "how an amount is written", *([line for line in quote["lines"] if "0" in line.values()] for quote in (engine, twin))
    for key in ("totals", "soFar", "range"):
        if engine[key] != twin[key]:
            yield key, engine[key], twin[key]


def exact(line, key):
    return Decimal(line[key]).normalize() if key in ("amount", "low", "high") and line[key] else line[key]


def chunk(given, numbers):
    """What came of these baskets: answers by place and status, differences, and places not compared."""
    seen, found, skipped = Counter(), [], Counter()
    asked = [BASKETS.draw(number) for number in numbers]
    lines = "".join(json.dumps(request) + "\n" for request in asked)
    engine = subprocess.run([given.engine, "--packs", given.packs, "quote", "--lines"], input=lines, capture_output=True, text=True)
    answers = engine.stdout.splitlines()
    if engine.returncode or len(answers) != len(asked):
        raise RuntimeError(f"{len(answers)} answers to {len(asked)} baskets, status {engine.returncode}: {engine.stderr}")
    for number, request, answer in zip(numbers, asked, answers):
        its, own, place = pared(json.loads(answer)), BASKETS.twin.quote(request), request["destination"]
        seen[place, its.get("status", "error")] += 1
        programmes = its.get("status") == "partial" or any(line["measure"] == "additional-duty" for line in its.get("lines", ()))
        if own.get("uncovered") and programmes:
            skipped[place] += 1
        elif causes := list(differences(its, own)):
            found.append(((BASKETS.twin.places[place][0]["territory"], causes[0][0]), number, request, causes[0][1:]))
    return seen, found, skipped


def start(places, seed):
    """What each process holds: the rules and tables, and how baskets are drawn from them."""
    global BASKETS
    twin = Twin(ROOT)
    if places:
        twin.places = {place: twin.places[place] for place in places.split(",")}
    BASKETS = Baskets(twin, seed)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--engine", default=str(ROOT / "target/debug/dutiable"))
    options.add_argument("--packs", default=str(ROOT / "packs"))
    options.add_argument("--count", type=int, default=200_000)
    options.add_argument("--seed", default="twin")
    options.add_argument("--show", type=int, default=3, help="so many baskets of each cause")
    options.add_argument("--places", help="only these, with commas")
    given = options.parse_args()

    started = time.monotonic()
    seen, shown, skipped = Counter(), defaultdict(list), Counter()
    chunks = [range(first, min(first + CHUNK, given.count)) for first in range(0, given.count, CHUNK)]
    with ProcessPoolExecutor(initializer=start, initargs=(given.places, given.seed)) as pool:
        for of_chunk, found, left_out in pool.map(partial(chunk, given), chunks):
            seen, skipped = seen + of_chunk, skipped + left_out
            for cause, *basket in found:
                shown[cause].append(basket)
    for cause, baskets in sorted(shown.items(), key=lambda one: -len(one[1])):
        print(f"\n{len(baskets)} × {cause[0]}: {cause[1]}")
        for number, request, (mine, its) in baskets[: given.show]:
            print(f"  basket {number}: {json.dumps(request)}\n    engine {mine}\n    twin   {its}")
    print(f"\n{'place':8}" + "".join(f"{kind:>12}" for kind in ["baskets", *KINDS]))
    for place in [*sorted({place for place, _ in seen}), "all"]:
        counts = [sum(times for (at, status), times in seen.items() if place in (at, "all") and status == kind) for kind in KINDS]
        print(f"{place:8}" + "".join(f"{count:12}" for count in [sum(counts), *counts]))
    for place, times in skipped.items():
        print(f"\nNot compared: {times} baskets to {place} that can have additional duties of programmes, which the twin does not reckon yet.")
    differ = sum(map(len, shown.values()))
    print(f"\n{sum(seen.values())} baskets, {differ} differ, in {time.monotonic() - started:.0f} s (seed {given.seed})")
    sys.exit(bool(differ))


if __name__ == "__main__":
    main()
