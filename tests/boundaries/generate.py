"""Boundary cases for every fact of the rules, with the answers of the twin in tests/twin: nothing of the engine goes into them.

    python3 tests/boundaries/generate.py            # all territories, tests/boundaries/<territory>.jsonl
    python3 tests/boundaries/generate.py eu gb      # these only
    python3 tests/boundaries/generate.py --add      # keeps the cases that there are, answered anew, and adds some for facts that have none
    python3 tests/boundaries/generate.py --check    # writes nothing: fails where the twin answers otherwise than is frozen

For each limit the goods are priced a minor unit below it, at it and above it; each day has the day before it or after it beside it; each
rate and amount has a basket in which it is charged. A basket is taken where the twin's answer changes with the fact: what candidates.py
offers is quoted under the rules as they stand and under the rules with the fact changed (facts.py says how). What is frozen is the answer
under the rules as they stand. A fact that decides nowhere is named at the end. Run it anew after any change of rules or tables, and
look at what changed in the answers before they are committed: nobody edits them by hand.

A line of a file is one case: `case` its name, `of` the facts that it decides for, `request`, and `expect`: `status`, `regime`, `lines` as
[kind, measure, item, when, amount] with [low, high] where they are open, `totals`, `soFar` and `range` where the quote has them, `otherRates` as
[tax, place of the item, rate] where some goods under a code have another rate, `unknownRates` as [tax or fee, place of the item] of what is
due at a rate that is not known, `notices`, the codes of the rules' own, `category`, the release category, `preferences` and `reducedRates` as
told.py has them, and `refunds` of what is `returned` as [kind, measure, item, how, amount, last day of a claim]; or `error`.
"""
import json
import sys
import time
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/twin"), str(Path(__file__).parent)]

from candidates import Candidates  # noqa: E402
from facts import at, facts_of, texts  # noqa: E402
from oracle import Oracle  # noqa: E402
from packed import as_packed  # noqa: E402
from tables import money, within  # noqa: E402
from twin import Twin  # noqa: E402

# So many baskets, or pairs and triples of them, are tried for a fact.
PATIENCE = 1500


class Territory:
    """The cases of one file of rules."""

    def __init__(self, twin, rules):
        self.rules, self.oracle, self.candidates = rules, Oracle(twin, rules), Candidates(twin, rules, self.charged)
        self.foreign = {money(text)[1] for _, text in texts(rules, ()) if is_money(str(text))}
        self.cases, self.undecided, self.abroad = {}, [], set()

    def all(self, kept=()):
        """Cases for every fact; those that are kept are answered anew, and taken first for a fact that has none."""
        for case in kept:
            self.cases[json.dumps(case["request"], sort_keys=True)] = case | {"expect": self.oracle.answer(case["request"])}
        had = {name for case in kept for name in case["of"]}
        for fact in facts_of(self.rules):
            # A limit and a day have both sides shown; of all else a case that is there will do.
            is_plain = kept and fact.kind not in ("money", "day")
            if fact.name not in had and not (is_plain and self.is_kept(fact)):
                self.take(fact)
        return list(self.cases.values())

    def is_kept(self, fact):
        """Whether there are cases that show each change of a fact, which are then of it too."""
        requests = [case["request"] for case in self.cases.values()]
        shown = [next((request for request in requests if self.oracle.differs(changed, request, fact)), None)
                 for changed in fact.changed(self.rules)] if requests else [None]
        if None not in shown:
            for request in shown:
                self.keep(fact, request)
        return None not in shown

    def take(self, fact):
        changes, chosen = list(fact.changed(self.rules)), []
        seen = unasked = {at for at, change in enumerate(fact.changes) if self.is_before_all(fact, change) or self.is_stated(fact, change)
                          or self.is_untaxed(fact) or self.is_never_due(fact)}
        limit, fallback = PATIENCE * (4 if fact.section == "rounding" else 1), None
        for group in self.groups(fact) if len(seen) < len(changes) else []:
            limit -= 30 if fact.section == "waiver" else 1
            if limit < 0:
                break
            fallback = fallback or group
            shown = unasked | {at for at, changed in enumerate(changes)
                               if at not in unasked and any(self.oracle.differs(changed, request, fact) for request in group)}
            if len(shown) == len(changes):
                # Where a least or greatest charge begins is shown as well.
                chosen, seen = [*(chosen[:1] if fact.path[-1] in ("min", "max") else []), group], shown
                break
            if shown - seen:
                chosen.append(group)
                seen = seen | shown
            if len(seen) == len(changes):
                break
        if len(seen) < len(changes):
            self.undecided.append((fact.name, [change for at, change in enumerate(fact.changes) if at not in seen]))
        kept = chosen or [fallback] * bool(fallback)
        if fact.kind == "money" and self.candidates.is_limit(fact) and fact.path[-1] != "allowance" and chosen:
            kept = [*kept, *self.candidates.same_day(fact, chosen[0]), *self.elsewhere(fact, chosen[0])]
        for group in kept:
            for request in group:
                self.keep(fact, request)

    def is_before_all(self, fact, change):
        """Whether a first day is moved where no regime is in force yet, or no tariff, so that nothing is quoted there."""
        first = self.candidates.first_regime_of(fact)
        if fact.section == "preference":
            first = max(first, self.candidates.tariff.covers["from"])
        return fact.kind == "day" and fact.path[-1] == "from" and max(fact.value, change) <= first

    def is_stated(self, fact, change):
        """Whether an earlier statement of the same table, which is taken first, still holds on the day."""
        earlier = self.rules[fact.section][: fact.path[1]]
        return (fact.kind == "day" and fact.section == "rate-table" and change < fact.value
                and any(other["id"] == fact.owner["id"] and within(change, other.get("valid", {})) for other in earlier))

    def is_untaxed(self, fact):
        """Whether no tax is charged under a regime, whatever it says of taxes."""
        taxes = self.rules.get("tax", ())
        return fact.path[2:] == ("tax",) and all(tax.get("regimes") and fact.owner["id"] not in tax["regimes"] for tax in taxes)

    def is_never_due(self, fact):
        """Whether it is said when a tax or fee is due under a regime that has none."""
        if "collection" not in fact.path or fact.path[-2] == "duty":
            return False
        kind, regime = fact.path[-2], fact.owner
        charges = [rule for rule in self.rules.get(kind, ()) if (not rule.get("regimes") or regime["id"] in rule["regimes"])
                   and {rule.get("when", {}).get("gift"), regime.get("when", {}).get("gift")} != {True, False}]
        return not charges or kind == "tax" and regime["tax"] == "relieved" and not regime.get("relief-excludes")

    def elsewhere(self, fact, group):
        """The same limit in other currencies, once for a limit of one word."""
        limit = (*[part for part in fact.path if isinstance(part, str)], fact.value)
        if fact.section == "regime" and limit not in self.abroad:
            self.abroad.add(limit)
            yield from self.candidates.elsewhere(fact, group)

    def groups(self, fact):
        """Requests that belong together: both sides of a day, all three of a limit."""
        candidates = self.candidates
        for context in candidates.contexts(fact):
            for day_or_days in [candidates.days(fact)] if fact.kind == "day" else [[day] for day in candidates.days(fact)]:
                for currency, amounts, together in candidates.values(fact, context):
                    if together and candidates.is_limit(fact):
                        for freight in self.freights(fact, amounts):
                            beside = freight if "customs-value" in fact.path and self.is_cif() else 0
                            beside += 0 if "item-value" in fact.path else len(context["items"]) - 1
                            priced = [amount - beside for amount in amounts]
                            if min(priced) <= 0:
                                continue
                            yield [candidates.priced(context, day_or_days[0], currency, amount, freight and str(freight), self.foreign)
                                   for amount in priced]
                        continue
                    if together:
                        yield [candidates.priced(context, day_or_days[0], currency, amount, None, self.foreign) for amount in amounts]
                        continue
                    for amount in amounts:
                        freight = "7" if fact.path[-1] == "basis" else "1000" if self.is_on_freight(fact) else None
                        group = [candidates.priced(context, day, currency, amount, freight, self.foreign) for day in day_or_days]
                        if fact.path[-1] == "adds-up-same-day":
                            # What arrives on the same day brings the sum beyond any limit.
                            group = [request | {"sameDayValue": "100000000"} for request in group]
                        yield group

    @staticmethod
    def freights(fact, amounts):
        """Freight tells a value with it from one without."""
        return [7, 0] if amounts[0] > 8 else [0]

    @staticmethod
    def is_on_freight(fact):
        return fact.section == "fee" and "freight" in at(fact.owner, fact.path[2:-1]).get("base", ())

    def charged(self, waiver, request):
        """What a waiver's charges come to without it."""
        rules = self.rules | {"waiver": [other for other in self.rules["waiver"] if other is not waiver]}
        lines = self.oracle.under(rules, request).get("lines", [])
        return sum(Fraction(line[4]) for line in lines if line[1] in waiver["of"] or line[0] == "duty" and "duties" in waiver["of"])

    def is_cif(self):
        return self.rules["customs-value"][0]["basis"] == "CIF"

    def keep(self, fact, request):
        key = json.dumps(request, sort_keys=True)
        if key in self.cases:
            if fact.name not in self.cases[key]["of"]:
                self.cases[key]["of"].append(fact.name)
            return
        name, alike = self.name(fact, request), {case["case"] for case in self.cases.values()}
        names = [name, f"{name}, on {request['date']}", *(f"{name} ({times})" for times in range(2, 100))]
        self.cases[key] = {"case": next(name for name in names if name not in alike), "of": [fact.name], "request": request, "expect": self.oracle.answer(request)}

    @staticmethod
    def name(fact, request):
        keys = [part for part in fact.path[2:] if isinstance(part, str) and part not in ("when", "valid", "charge", "duty", "rate", "percent")]
        section, owner = fact.name.split("/")[:2]
        owner = f"{section} {int(owner) + 1}" if owner.isdigit() else owner
        what = f"{owner}: {' '.join(keys)} {str(fact.value).lower() if fact.value in (True, False) else fact.value}".replace("  ", " ")
        item = request["items"][0]
        by_code = f"{item['code']} at " if "by-code" in keys or fact.section in ("rate-table", "unlisted") else ""
        detail = request["date"] if fact.kind == "day" else f"{by_code}{item['unitPrice']} {request['currency']}"
        detail += f" and {request['freight']} of freight" if "freight" in request else ""
        same_day = f", with {request['sameDayValue']} of the same day" if "sameDayValue" in request else ""
        return f"{request['destination']} {what}: {detail}{same_day}"


def is_money(text):
    number, _, currency = text.partition(" ")
    return currency.isalpha() and currency.isupper() and len(currency) == 3 and number.replace(".", "", 1).isdigit()


def check(twin, name, rules):
    """The frozen cases of a territory that the twin answers otherwise by now."""
    oracle = Oracle(twin, rules)
    return [case["case"] for case in frozen(name) if oracle.answer(case["request"]) != case["expect"]]


def frozen(name):
    lines = (Path(__file__).parent / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def write(twin, name, rules, kept):
    started, territory = time.monotonic(), Territory(twin, rules)
    cases = territory.all(kept)
    text = "".join(json.dumps(case, ensure_ascii=False, separators=(",", ":")) + "\n" for case in cases)
    (Path(__file__).parent / f"{name}.jsonl").write_text(text, encoding="utf-8")
    print(f"{name:6} {len(cases):4} cases, {len(text):7} bytes, {time.monotonic() - started:4.0f} s", flush=True)
    for fact, changes in territory.undecided:
        print(f"       decides nowhere: {fact}: {changes}", flush=True)


def main():
    twin = Twin(ROOT)
    territories = {rules["territory"]: rules for rules, _ in twin.places.values()}
    for rules in territories.values():
        as_packed(rules, twin.data)
    names = [name for name in sys.argv[1:] if not name.startswith("--")] or sorted(territories)
    if "--check" not in sys.argv:
        for name in names:
            write(twin, name, territories[name], frozen(name) if "--add" in sys.argv else ())
        return
    others = [case for name in names for case in check(twin, name, territories[name])]
    print("\n".join([*others, f"{len(others)} frozen answers are not the twin's"]))
    sys.exit(bool(others))


if __name__ == "__main__":
    main()
