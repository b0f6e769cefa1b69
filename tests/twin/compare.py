"""Quotes random baskets with the engine and with the twin, and holds every figure of the one against the other. Tolerance: nothing.

`python3 tests/twin/compare.py --engine target/debug/dutiable --count 200000`; exits with 1 where anything differs.
"""
import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

from baskets import Baskets
from twin import Twin

ROOT = Path(__file__).resolve().parents[2]
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
            yield "+".join(sorted({line[1] for line in mine + its})), mine, its
    if only == [[], []] and sorted(map(str, engine["lines"])) != sorted(map(str, twin["lines"])):
        yield "how an amount is written", *([line for line in quote["lines"] if "0" in line.values()] for quote in (engine, twin))
    for key in ("totals", "soFar", "range"):
        if engine[key] != twin[key]:
            yield key, engine[key], twin[key]


def exact(line, key):
    return Decimal(line[key]).normalize() if key in ("amount", "low", "high") and line[key] else line[key]


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
    twin = Twin(ROOT)
    if given.places:
        twin.places = {place: twin.places[place] for place in given.places.split(",")}
    baskets = Baskets(twin, given.seed)
    with tempfile.TemporaryFile("w+") as asked, tempfile.TemporaryFile("w+") as answered:
        for number in range(given.count):
            asked.write(json.dumps(baskets.draw(number)) + "\n")
        asked.seek(0)
        engine = subprocess.Popen([given.engine, "--packs", given.packs, "quote", "--lines"], stdin=asked, stdout=answered)
        own = [twin.quote(baskets.draw(number)) for number in range(given.count)]
        if engine.wait():
            sys.exit(f"{given.engine} ended with {engine.returncode}")
        answered.seek(0)
        found, shown, seen = Counter(), defaultdict(list), defaultdict(Counter)
        count = 0
        for number, line in enumerate(answered):
            request, its = baskets.draw(number), pared(json.loads(line))
            place = request["destination"]
            seen[place][its.get("status", "error")] += 1
            count += 1
            causes = list(differences(its, own[number]))
            if causes:
                cause = twin.places[place][0]["territory"], causes[0][0]
                found[cause] += 1
                if len(shown[cause]) < given.show:
                    shown[cause].append((number, request, causes[0]))
    if count != given.count:
        sys.exit(f"{count} answers to {given.count} baskets")
    for cause, times in found.most_common():
        print(f"\n{times} × {cause[0]}: {cause[1]}")
        for number, request, (_, mine, its) in shown[cause]:
            print(f"  basket {number}: {json.dumps(request)}\n    engine {mine}\n    twin   {its}")
    kinds = ["complete", "range", "partial", "prohibited", "error"]
    print(f"\n{'place':8}" + "".join(f"{kind:>12}" for kind in ["baskets", *kinds]))
    for place, counts in [*sorted(seen.items()), ("all", sum(seen.values(), Counter()))]:
        print(f"{place:8}{sum(counts.values()):12}" + "".join(f"{counts[kind]:12}" for kind in kinds))
    print(f"\n{given.count} baskets, {sum(found.values())} differ, in {time.monotonic() - started:.0f} s (seed {given.seed})")
    sys.exit(bool(found))


main()
