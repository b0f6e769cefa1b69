"""What comes back where a whole basket is returned, as RULES.md says it under `[[refund]]`."""
import datetime
from fractions import Fraction

from facts import number
from tables import percent, rounded, within

OF_KIND = {"duty": "duties", "tax": "taxes", "fee": "fees"}


def refunds(quote, answer):
    """Each charge as [kind, measure, item, how, what comes back, last day of a claim]; the goods are released on the day of the request."""
    regime = next(item.regime for item in quote.items if item.regime["id"] == answer["regime"])
    model, back = quote.way(regime)["model"], []
    for line in answer["lines"]:
        if line["kind"] in OF_KIND:
            rule = next((rule for rule in quote.rules.get("refund", ()) if speaks_of(rule, line, quote, regime, model)), None)
            back.append([line["kind"], line["measure"], line["item"], *of_charge(rule, line, quote)])
    return back


def speaks_of(rule, line, quote, regime, model):
    return ({line["measure"], OF_KIND[line["kind"]]} & set(rule["of"]) and within(quote.day, rule.get("valid", {}))
            and quote.place in rule.get("places", [quote.place]) and regime["id"] in rule.get("regimes", [regime["id"]])
            and model in rule.get("models", [model]))


def of_charge(rule, line, quote):
    """Down to the minor unit, so that nobody is promised a cent too much."""
    if rule is None:
        return "unknown", None, None
    if rule["how"] == "no":
        return "no", number(Fraction(0), quote.currency), None
    back = rounded(Fraction(line["amount"]) * percent(rule.get("share", "100 %")), quote.unit, "down")
    last = rule.get("within-days") and datetime.date.fromisoformat(quote.day) + datetime.timedelta(days=rule["within-days"])
    return rule["how"], number(back, quote.currency), last and last.isoformat()
