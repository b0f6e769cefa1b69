"""The twin's answers in the form in which they are frozen, under rules as they stand and under changed ones."""
import json
from fractions import Fraction

from facts import number
from returns import refunds
from twin import Quote, Refused, Scenario


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
        """The answer in the form that is frozen; None where the twin does not reckon what the place charges."""
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

    def differs(self, changed, request):
        """Whether the change shows; rules that no longer make sense show too."""
        try:
            return self.under(changed, request) != self.answer(request)
        except (StopIteration, KeyError, IndexError, TypeError):
            return True


def frozen(quote, request):
    answer = quote.answer()
    # A caller's own rate stands for the tariff with its programmes of additional duties.
    if answer.get("uncovered") and not all("dutyRate" in item for item in request["items"]):
        return None
    lines = [[line[key] for key in ("kind", "measure", "item")] + [text(line[key], quote) for key in ("amount", "low", "high")]
             for line in answer["lines"]]
    expect = {"status": answer["status"], "regime": answer["regime"]}
    expect["lines"] = [line if line[4] else line[:4] for line in lines]
    if answer["status"] != "partial":
        expect["totals"] = text(answer["totals"], quote)
    for key in ("soFar", "range"):
        if answer[key]:
            expect[key] = text(answer[key], quote)
    if rates := other_rates(quote, answer):
        expect["otherRates"] = rates
    if said := sorted(rule["code"] for rule in quote.rules.get("notice", ()) if quote.holds(rule, quote.items)):
        expect["notices"] = said
    if "returned" in request and answer["regime"]:
        expect["refunds"] = refunds(quote, answer)
    return expect


def text(amount, quote):
    """An amount, or each of a table of them, with the decimals of the destination's currency."""
    if isinstance(amount, dict):
        return {key: text(one, quote) for key, one in amount.items()}
    return amount if amount is None else number(Fraction(amount), quote.currency)


def other_rates(quote, answer):
    """The rates that some of the goods under a code have; a code shorter than a listed one can mean the listed goods."""
    if answer["regime"] is None:
        return []
    scenario, found = Scenario(quote, "median"), []
    for tax in quote.rules.get("tax", ()):
        for place, item in enumerate(quote.items):
            listed = [(len(code), not item.code.startswith(code), by_code) for by_code in tax.get("by-code", ()) for code in by_code["codes"]
                      if item.code.startswith(code) or code.startswith(item.code)]
            if not listed or not scenario.taxes(tax, item):
                continue
            _, shorter, by_code = max(listed, key=lambda one: one[0])
            if shorter or by_code["applies"] == "sometimes":
                found.append([tax["id"], str(place), written(by_code["rate"])])
    return found


def written(rate):
    if isinstance(rate, str):
        return rate
    return rate["percent"] if "percent" in rate else f"{rate['fraction']['of']}/{rate['fraction']['over']}"
