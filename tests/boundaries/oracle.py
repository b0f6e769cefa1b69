"""The twin's answers in the form in which they are frozen, under rules as they stand and under changed ones."""
import json
from fractions import Fraction

from duties import Refused, or_none
from facts import number
from returns import refunds
from told import category, preferences, reduced_rates
from twin import YES, Quote, Scenario

MEDIAN = 1


class Oracle:
    """The twin's answers under rules as they stand and under changed ones."""

    def __init__(self, twin, rules):
        self.twin, self.rules, self.known = twin, rules, {}

    def answer(self, request):
        key = json.dumps(request, sort_keys=True)
        if key not in self.known:
            self.known[key] = self.under(self.rules, request)
        return self.known[key]

    def under(self, rules, request):
        """The answer in the form that is frozen."""
        place = request["destination"]
        stated = self.twin.places[place]
        entry = next(one for one in rules["place"] if one["code"] == place)
        self.twin.places[place] = (rules, entry)
        try:
            return frozen(Quote(self.twin, request), request)
        except Refused as refusal:
            return {"error": {"code": refusal.args[0], "field": refusal.args[1]}}
        finally:
            self.twin.places[place] = stated

    def differs(self, changed, request, fact):
        """Whether the change shows; rules that no longer make sense show too. When a tax or a fee is due has to show in the sums: what is
        not collected is due at no time."""
        try:
            answers = [self.under(changed, request), self.answer(request)]
            if fact.path[-1] == "at" and fact.path[-2] in ("tax", "fee"):
                answers = [[answer.get(key) for key in ("error", "totals", "soFar")] for answer in answers]
            return answers[0] != answers[1]
        except (StopIteration, KeyError, IndexError, TypeError):
            return True


def frozen(quote, request):
    answer = quote.answer()
    lines = [[line[key] for key in ("kind", "measure", "item", "when")] + [text(line[key], quote) for key in ("amount", "low", "high")]
             for line in answer["lines"]]
    expect = {"status": answer["status"], "regime": answer["regime"]}
    expect["lines"] = [line if line[5] else line[:5] for line in lines]
    expect["totals"] = text(answer["totals"], quote)
    for key in ("soFar", "range"):
        if answer[key]:
            expect[key] = text(answer[key], quote)
    if rates := other_rates(quote, answer):
        expect["otherRates"] = rates
    if rates := unknown_rates(quote, answer):
        expect["unknownRates"] = rates
    if said := sorted(rule["code"] for rule in quote.rules.get("notice", ()) if quote.holds(rule, quote.items) == YES):
        expect["notices"] = said
    if answer["regime"]:
        expect["category"] = category(quote)
        if told := preferences(quote):
            expect["preferences"] = told
        if told := reduced_rates(quote, Scenario(quote, MEDIAN)):
            expect["reducedRates"] = told
    if "returned" in request and answer["regime"]:
        expect["refunds"] = refunds(quote, answer)
    return expect


def text(amount, quote):
    """An amount, or each of a table of them, with the decimals of the destination's currency."""
    if isinstance(amount, dict):
        return {key: text(one, quote) for key, one in amount.items()}
    return amount if amount is None else number(Fraction(amount), quote.currency)


def other_rates(quote, answer):
    """The rates that some of the goods under a code have, where the tax is known; a code shorter than a listed one can mean the listed goods."""
    if answer["regime"] is None:
        return []
    scenario, found = Scenario(quote, MEDIAN), []
    unknown = {(line.measure, line.item) for line in scenario.open}
    for tax in quote.rules.get("tax", ()):
        for place, item in enumerate(quote.items):
            if not quote.taxed(tax, item) or (tax["id"], item.id) in unknown:
                continue
            listed = [(len(code), not item.code.startswith(code), by_code) for by_code in tax.get("by-code", ()) for code in by_code["codes"]
                      if code.startswith(item.code[:2]) and (item.code.startswith(code) or code.startswith(item.code))]
            if not listed:
                continue
            _, shorter, by_code = max(listed, key=lambda one: one[0])
            if shorter or by_code["applies"] == "sometimes":
                found.append([tax["id"], str(place), written(by_code["rate"])])
    return found


def unknown_rates(quote, answer):
    """The taxes, each with an item's place, and the fees that are due and have no known rate; a code too short to tell needs a line instead."""
    if answer["regime"] is None:
        return []
    scenario, found = Scenario(quote, MEDIAN), []
    for tax in quote.rules.get("tax", ()):
        for place, item in enumerate(quote.items):
            if (quote.taxed(tax, item) == YES and or_none(quote.tax_rate, tax, item) is None
                    and not any(code.startswith(item.code) and code != item.code for rate in tax.get("by-code", ()) for code in rate["codes"])):
                found.append([tax["id"], str(place)])
    unknown = {fee["id"] for fee in quote.rules.get("fee", ()) if fee["charge"] == "unknown" and quote.holds(fee, quote.items) == YES}
    return found + [[line.measure, None] for line in scenario.open if line.kind == "fee" and line.measure in unknown]


def written(rate):
    if isinstance(rate, str):
        return rate
    return rate["percent"] if "percent" in rate else f"{rate['fraction']['of']}/{rate['fraction']['over']}"
