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
from fractions import Fraction
from functools import partial
from pathlib import Path

from baskets import Baskets
from twin import DECIMALS, KEYS, Twin

ROOT = Path(__file__).resolve().parents[2]
CHUNK = 2_500
KINDS = ["complete", "range", "partial", "prohibited", "error"]


def pared(quote):
    """What is compared of an engine's quote."""
    if "error" in quote:
        return quote
    return {"status": quote["status"], "regime": quote["regime"] and quote["regime"]["id"],
            "lines": [{key: line.get(key) for key in KEYS} for line in quote["lines"]],
            "totals": quote["totals"], "soFar": quote["soFar"], "range": quote["range"]}


def written(quote, decimals):
    """The twin's amounts as the contract writes them; one that is no whole minor unit stays a fraction, and differs."""
    if isinstance(quote, dict):
        return {key: written(value, decimals) for key, value in quote.items()}
    if isinstance(quote, list):
        return [written(value, decimals) for value in quote]
    units = quote * 10**decimals if isinstance(quote, (int, Fraction)) else None
    if units is None or units != int(units):
        return quote
    digits = f"{int(units):0{decimals + 1}d}"
    return f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits


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
            if kind == "duty" and not any(any(line[6:]) for line in mine + its):
                yield "a duty of nothing, of another line that the code can mean", mine, its
            yield "+".join(sorted({line[3] or line[1] for line in mine + its})), mine, its
    if only == [[], []] and sorted(map(str, engine["lines"])) != sorted(map(str, twin["lines"])):
        yield "how an amount is written", *([line for line in quote["lines"] if "0" in line.values()] for quote in (engine, twin))
    for key in ("totals", "soFar", "range"):
        if engine[key] != twin[key]:
            yield key, engine[key], twin[key]


def exact(line, key):
    return Decimal(line[key]).normalize() if key in ("amount", "low", "high") and line[key] else line[key]


def chunk(given, numbers):
    """What came of these baskets: answers by place and status, headings of programmes charged, and differences."""
    seen, found, met = Counter(), [], set()
    asked = [BASKETS.draw(number) for number in numbers]
    lines = "".join(json.dumps(request) + "\n" for request in asked)
    engine = subprocess.run([given.engine, "--packs", given.packs, "quote", "--lines"], input=lines, capture_output=True, text=True)
    answers = engine.stdout.splitlines()
    if engine.returncode or len(answers) != len(asked):
        raise RuntimeError(f"{len(answers)} answers to {len(asked)} baskets, status {engine.returncode}: {engine.stderr}")
    for number, request, answer in zip(numbers, asked, answers):
        its, place = pared(json.loads(answer)), request["destination"]
        decimals = DECIMALS.get(BASKETS.twin.places[place][1]["currency"], 2)
        own = written(BASKETS.twin.quote(request), decimals)
        seen[place, its.get("status", "error")] += 1
        met |= {(line["programme"], line["heading"]) for line in its.get("lines", ()) if line["programme"]}
        if causes := list(differences(its, own)):
            found.append(((BASKETS.twin.places[place][0]["territory"], causes[0][0]), number, request, causes[0][1:]))
    return seen, found, met


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
    options.add_argument("--jobs", type=int, help="processes; as many as there are cores where left out")
    options.add_argument("--places", help="only these, with commas")
    given = options.parse_args()

    started = time.monotonic()
    seen, shown, met = Counter(), defaultdict(list), set()
    chunks = [range(first, min(first + CHUNK, given.count)) for first in range(0, given.count, CHUNK)]
    with ProcessPoolExecutor(given.jobs, initializer=start, initargs=(given.places, given.seed)) as pool:
        for of_chunk, found, charged in pool.map(partial(chunk, given), chunks):
            seen += of_chunk
            met |= charged
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
    twin = Twin(ROOT)
    tariffs = {rules["tariff"] for rules, _ in twin.places.values() if "tariff" in rules}
    headings = {(programme["id"], row["heading"]) for name in tariffs for programme in twin.tariff(name).programmes
                for row in programme["rows"] if row["expression"] not in ("", "0 %")}
    print(f"\n{len(met)} of {len(headings)} headings of programmes were charged; not: {sorted(headings - met)[:20]}")
    differ = sum(map(len, shown.values()))
    print(f"\n{sum(seen.values())} baskets, {differ} differ, in {time.monotonic() - started:.0f} s (seed {given.seed})")
    sys.exit(bool(differ))


if __name__ == "__main__":
    main()
