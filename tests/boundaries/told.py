"""What a quote says beside its money, and the rules' figures in it: claims that were not made, reduced rates, the release category."""
from duties import listed, or_none
from facts import number
from tables import within
from twin import YES


def category(quote):
    """The highest, which the quote names."""
    return max(item.regime["release-category"] for item in quote.items)


def preferences(quote):
    """What a claim needs that would lower the one duty of an item, each as [place of the item, saving, programme, what makes goods
    originate, up to which value no proof is needed, "true" where the goods must come directly]."""
    told = []
    for place, item in enumerate(quote.items):
        if item.claims or item.own_rate or item.duty_by not in ("tariff", "rates") or len(item.lines) != 1:
            continue
        ordinary, claimed = (basic(quote, item, claims) for claims in (False, True))
        rule = programme(quote, item)
        if rule and ordinary is not None and claimed is not None and claimed < ordinary:
            direct = "true" if rule["direct-transport"] else None
            saving = number(ordinary - claimed, quote.currency)
            told.append([str(place), saving, rule["title"], rule["origin-test"], rule.get("no-proof-up-to"), direct])
    return told


def basic(quote, item, claims):
    """The duty of the item's line without what is charged on top of it, as it is charged; None where it is not one."""
    item.claims = claims
    first = {choice[0].amount for choice in or_none(item.duties) or ()}
    item.claims = False
    return quote.in_units(quote.at("duty", first.pop())) if len(first) == 1 else None


def programme(quote, item):
    """The rule of the first programme that has a rate for the item."""
    rows = quote.tariff.rows_of(item.lines[0], item.origin, quote.day)
    areas = [area for kind in ("preference", "customs-union-duty") for row in rows.get(kind, ()) for area in row["of"]["areas"]]
    rules = [rule for area in areas for rule in quote.rules.get("preference", ()) if rule["area"] == area]
    return next((rule for rule in rules if within(quote.day, rule.get("valid", {}))), None)


def reduced_rates(quote, scenario):
    """The rates beside its own that a charged tax has for goods that no code tells, as [tax, rates]."""
    told = []
    for tax in quote.rules.get("tax", ()):
        for item in quote.items:
            is_listed = any(listed(tax.get("by-code", ()), item.code))
            if tax.get("reduced") and not is_listed and quote.taxed(tax, item) == YES:
                if or_none(scenario.tax, tax, item) is not None:
                    told.append([tax["id"], ", ".join(tax["reduced"])])
    return sorted(map(list, set(map(tuple, told))))
