"""The arithmetic of a quote a second time, in exact fractions, from the rules and the tables alone.

Written from tariff-data/RULES.md, TABLES.md and the worked examples, not from the engine, so that the two can disagree.
`Twin(root).quote(request)` answers what compare.py holds against the engine: status, regime, lines, totals.
"""
import re
from collections import defaultdict
from fractions import Fraction
from math import floor
from typing import NamedTuple

from programmes import Duty, on_top
from tables import Checkout, Expression, money, percent, rounded, seven_digits, under, within

# Decimals of ISO 4217 where they are not two.
DECIMALS = dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0)
DECIMALS |= dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3)
SHARES = ["goods", "freight", "insurance"]
TOTALS = SHARES + ["duties", "taxes", "fees", "landedCost", "dueAtCheckout", "dueAtDelivery", "dueOnReturn"]
# The sum that a charge of a kind, or due at a moment, belongs to.
NULLED = {"duty": "duties", "tax": "taxes", "fee": "fees", "checkout": "dueAtCheckout", "delivery": "dueAtDelivery", "return": "dueOnReturn"}
KEYS = ("kind", "measure", "item", "programme", "heading", "amount", "low", "high")
# The seller does not bear the carriage: without freight in the request it is not known.
CARRIAGE_APART = {"EXW", "FCA", "FAS", "FOB"}


class Refused(Exception):
    """What the contract answers with `{"error": {code, field}}`."""


def apportioned(amount, weights, unit):
    """Shares by weight: each falls to the unit; what the whole lacks then goes to the largest remainders, the earlier of equals."""
    if not amount or len(weights) == 1:
        return [amount] * len(weights)
    weights = weights if sum(weights) else [1] * len(weights)
    whole = sum(weights)
    exact = [amount * weight / whole for weight in weights]
    shares = [floor(part / unit) * unit for part in exact]
    left = (amount - sum(shares)) / unit
    for place in sorted(range(len(exact)), key=lambda place: (shares[place] - exact[place], place))[: int(left)]:
        shares[place] += unit
    return shares


QUOTAS = {"quota", "preferential-quota"}
CLAIMED = ("preference", "customs-union-duty")
REMEDIES = ("anti-dumping-duty", "countervailing-duty", "additional-duty")
ORDINARY = "third-country-duty"
# Flags of rows that are for a use or for listed goods only.
FOR_USE = {"end-use", "airworthiness", "listed-pharmaceutical", "listed-dye-intermediate"}


def longest_listed(rules, code):
    """The rule that lists the longest code over this one; one that lists none is for all the others."""
    found = [(len(prefix), rule) for rule in rules for prefix in rule["codes"] or [""] if code.startswith(prefix)]
    return max(found, key=lambda one: one[0])[1] if found else None


def owed(choice):
    return sum(duty.amount for duty in choice)


def by_amount(duty):
    return duty.amount


def alternatives(item, rows):
    """Of the rows of one type those that can hold: one where the request settles which, the nearest to the goods' origin and code.
    Rows for a part of the goods leave the rest to those for every origin."""
    near = settled(item, [row for row in rows if row["areas_named"]])
    return near if near and not all_partial(near) else near + settled(item, [row for row in rows if not row["areas_named"]])


def all_partial(rows):
    return all(row["partial"] for row in rows)


def settled(item, rows):
    """Of rows on the longest code those of the additional code that is given, and on each the row whose document is presented."""
    rows = [row for row in rows if row["code"] == rows[0]["code"]]
    if item.additional in {row["additional"] for row in rows if row["additional"]}:
        rows = [row for row in rows if row["additional"] == item.additional]
    held = []
    for code in dict.fromkeys(row["additional"] for row in rows):
        own = [row for row in rows if row["additional"] == code]
        held += [row for row in own if row["certificate"] in item.certificates] or [row for row in own if not row["certificate"]]
    return held or rows


class Item:
    """One item of the request, its value in the destination's currency."""

    def __init__(self, basket, place, given):
        self.basket, self.place = basket, place
        self.id = given.get("id") or str(place)
        self.code, self.origin = given["code"], given.get("origin")
        self.quantity, self.price = Fraction(given["quantity"]), Fraction(given["unitPrice"])
        self.weight = given.get("netWeightKg") and Fraction(given["netWeightKg"])
        self.supplementary = {part["unit"]: Fraction(part["quantity"]) for part in given.get("supplementary") or []}
        self.claims = bool(given.get("claimPreference"))
        self.own_rate = given.get("dutyRate") and Fraction(given["dutyRate"]) / 100
        self.additional = given.get("additionalCode")
        self.certificates = set(given.get("certificates") or [])
        self.named = self.certificates | {self.additional} - {None}
        self.goods = basket.in_place(self.price * self.quantity)
        self.lines = None

    def quantity_in(self, unit):
        """How many of the unit the item holds; None where the request does not say."""
        base, factor = self.basket.twin.units[unit]
        same = {given: held for given, held in self.supplementary.items() if self.basket.twin.units.get(given, ("", 0))[0] == base}
        for given in ([unit] if unit in same else list(same)):
            return same[given] * self.basket.twin.units[given][1] * self.quantity / factor
        if base == "kg" and self.weight is not None:
            return self.weight * self.quantity / factor
        return self.quantity / factor if base == "item" else None

    def part(self, name):
        """The value of a part of the goods; None where the request does not say."""
        one = self.supplementary.get("value:" + name)
        return None if one is None else self.basket.in_place(one * self.quantity)

    def duties(self, value):
        """What the duty can be: for each choice its measures with their exact amounts; None where it is not known."""
        tariff, unlisted = self.basket.tariff, self.basket.stated("unlisted")
        choices, is_whole = self.by_table(self.code, value)
        if self.own_rate is not None and not is_whole:
            return [*choices, [Duty(ORDINARY, value * self.own_rate)]]
        covered = tariff and within(self.basket.day, tariff.covers)
        if is_whole and not (covered and self.lines):
            return choices
        if tariff is None:
            return None
        if not covered:
            raise Refused("date.outside-coverage", "date")
        if not self.lines:
            return [*choices, *([self.by_text(ORDINARY, rate, value)] for rate in unlisted["duty"])] if unlisted["duty"] else None
        tabled = {line: self.by_table(line, value) for line in self.lines}
        rest = [line for line in self.lines if not tabled[line][1]]
        if rest and self.origin is None:
            return None
        by_line = {line: tariff.rows_of(line, self.origin, self.basket.day) for line in rest}
        # A line for goods within a quota needs a quota certificate: a shorter code does not mean it.
        quota = {line for line, rows in by_line.items() if rows.keys() & QUOTAS and not rows.keys() & {ORDINARY, "column-2-duty", "suspension"}}
        choices = []
        for line in self.lines:
            choices += tabled[line][0]
            if line in by_line and (line not in quota or len(quota) == len(self.lines)):
                of_line = self.duties_of_line(line, by_line[line], value)
                if of_line is None:
                    return None
                low, high = min(of_line, key=owed), max(of_line, key=owed)
                choices += [high, low] if self.cents(low) != self.cents(high) else [low]
        return choices

    def by_table(self, code, value):
        """The duties of a rate table for the goods under a code, and whether it lists all of them."""
        duty = self.regime["duty"]
        table = self.basket.stated("rate-table", id=duty["rates"]) if isinstance(duty, dict) and "rates" in duty else {"rate": ()}
        listed = [rate for rate in table["rate"] for below in rate["codes"] if below.startswith(code) and below != code]
        whole = longest_listed(table["rate"], code)
        return [[self.by_text(table["measure"], rate["duty"], value)] for rate in [*listed, *([whole] if whole else [])]], bool(whole)

    def by_text(self, measure, text, value):
        return Duty(measure, Expression.parse(text).amount(self, value) if text else None)

    def by_rows(self, rows, value):
        return [self.by_text(row["of"]["type"], row["expression"], value) for row in rows]

    def cents(self, choice):
        return sum(rounded(duty.amount, self.basket.unit, "half-up") for duty in choice)

    def duties_of_line(self, line, rows, value):
        """Each combination of what can hold on the line; None where some duty is not known."""
        choices, remedies = [[]], [self.by_rows(alternatives(self, rows[kind]), value) for kind in REMEDIES if kind in rows]
        for part in [self.basic(rows, value), *remedies]:
            if part is None or any(duty.amount is None for duty in part):
                return None
            choices = [choice + [one] for choice in choices for one in sorted(dict.fromkeys(part), key=by_amount)]
        further = on_top(self.basket.tariff, self, line, self.granted(rows), value)
        combined = [further(choice[0].amount) for choice in choices]
        return None if None in combined else [choice + more for choice, each in zip(choices, combined) for more in each]

    def open_rows(self, rows, kind):
        """Those that wait for no use and no list, or whose additional code is named."""
        return [row for row in rows.get(kind, ()) if not row["of"]["flags"] & FOR_USE or row["additional"] == (self.additional or "none")]

    def ordinary(self, rows):
        """A suspension, or else the duty itself. A line whose only duty is for a use is the line of the goods so used."""
        return alternatives(self, self.open_rows(rows, "suspension") or rows.get("column-2-duty")
                            or self.open_rows(rows, ORDINARY) or rows.get(ORDINARY, ()))

    def claimed(self, rows):
        """The rows of each programme that the item claims."""
        rows = [row for kind in CLAIMED for row in self.open_rows(rows, kind)] if self.claims else []
        groups = {(row["of"]["type"], *row["of"]["areas"]): None for row in rows}
        return [alternatives(self, [row for row in rows if (row["of"]["type"], *row["of"]["areas"]) == group]) for group in groups]

    def is_free(self, rows):
        """Whether the goods are free of duty without any claim: a programme whose rates are not at hand can change nothing then."""
        ordinary = self.ordinary(rows)
        return bool(ordinary) and all(row["expression"] == "0 %" for row in ordinary)

    def granted(self, rows):
        """The areas under which a claim is granted: those with a rate, or all of the origin's where goods are free without one."""
        tariff, claimed = self.basket.tariff, self.claimed(rows)
        areas = {area for programme in claimed for row in programme for area in row["of"]["areas"]}
        if self.claims and not claimed and self.is_free(rows):
            areas = tariff.members.keys() - {"all"}
        return {area for area in areas if tariff.belongs(self.origin, area, self.basket.day)}

    def basic(self, rows, value):
        """The least and the most that the duty of the line itself can be; None where it is not known.

        A claim rests on the programme that is best, and never raises the duty; where all are for a part of the goods it leaves the rest as they are."""
        claimed = self.claimed(rows)
        if self.claims and not claimed and not self.is_free(rows) and self.basket.tariff.unrated(self.origin, self.basket.day):
            return None
        ordinary, programmes = self.by_rows(self.ordinary(rows), value), [self.by_rows(programme, value) for programme in claimed]
        if any(duty.amount is None for programme in programmes for duty in programme):
            return None
        lows = [min(programme, key=by_amount) for programme in programmes]
        in_part = all(all_partial(programme) for programme in claimed)
        highs = [] if in_part else [max(programme, key=by_amount) for programme in programmes]
        if not ordinary or any(duty.amount is None for duty in ordinary):
            # Nothing is lower than free; above that, an ordinary duty that is not known could be.
            return [min(lows, key=by_amount)] if highs and min(highs, key=by_amount).amount == 0 else None
        return [min([*lows, *ordinary], key=by_amount), min([*highs, max(ordinary, key=by_amount)], key=by_amount)]


class Basket:
    """A request under a territory's rules."""

    def __init__(self, twin, request):
        self.twin, self.request, self.day = twin, request, request["date"]
        for at, item in enumerate(request["items"]):
            if not re.fullmatch(r"\d{6,10}", item["code"]):
                raise Refused("code.malformed", f"items[{at}].code")
        self.place = request["destination"]
        if self.place not in twin.places:
            raise Refused("place.unknown", "destination")
        self.rules, place = twin.places[self.place]
        self.tariff = twin.tariff(self.rules.get("tariff"))
        stated = any(within(self.day, regime.get("valid", {})) for regime in self.rules["regime"])
        if not within(self.day, place.get("valid", {})) or not stated:
            raise Refused("date.outside-coverage", "date")
        self.currency = place["currency"]
        self.unit = Fraction(1, 10 ** DECIMALS.get(self.currency, 2))
        self.request_rate = self.rate(request["currency"])
        self.items = [Item(self, at, given) for at, given in enumerate(request["items"])]
        if self.tariff:
            for item in self.items:
                item.lines = self.tariff.declarable(item.code)
                if not item.lines and not self.stated("unlisted"):
                    raise Refused("code.unknown", f"items[{item.place}].code")
        self.value()

    def stated(self, what, **named):
        """The rule of this kind that holds on the day, with these words; None where there is none."""
        return next((rule for rule in self.rules.get(what, ()) if within(self.day, rule.get("valid", {}))
                     and all(rule[word] == value for word, value in named.items())), None)

    def rate(self, currency):
        """One unit of the currency in the destination's: as given, or given the other way round, or the European Central Bank's."""
        if currency == self.currency:
            return Fraction(1)
        given = self.request.get("exchangeRates") or {}
        if rate := given.get(f"{currency}/{self.currency}"):
            return Fraction(rate)
        if rate := given.get(f"{self.currency}/{currency}"):
            return seven_digits(1 / Fraction(rate))
        ends = [self.twin.euro_rate(end, self.day) for end in (currency, self.currency)]
        if None in ends:
            raise Refused("exchange-rate.missing", "exchangeRates")
        return seven_digits(ends[1] / ends[0])

    def of_rule(self, text):
        amount, currency = money(text)
        return amount * self.rate(currency)

    def in_place(self, amount):
        return rounded(amount * self.request_rate, self.unit, "half-up")

    def value(self):
        """Goods less discount, shares of freight and insurance, the customs value of each item."""
        request = self.request
        stated = (Fraction(request.get(part) or 0) for part in ("discount", "freight", "insurance"))
        discount, self.freight, self.insurance = map(self.in_place, stated)
        for item, share in zip(self.items, apportioned(discount, [item.goods for item in self.items], self.unit)):
            item.goods -= share
        goods = [item.goods for item in self.items]
        shares = [apportioned(amount, goods, self.unit) for amount in (self.freight, self.insurance)]
        for item, freight, insurance in zip(self.items, *shares):
            item.freight, item.insurance = freight, insurance
        basis = self.stated("customs-value")["basis"]
        self.freight_known = request.get("freight") is not None or request.get("incoterm") not in CARRIAGE_APART
        self.value_known = self.freight_known or basis != "CIF"
        for item in self.items:
            item.value = item.goods + (item.freight + item.insurance if basis == "CIF" else 0)
        self.goods, self.customs_value = sum(goods), sum(item.value for item in self.items)

    # -- circumstances --

    def in_band(self, value, band):
        limits = {side: self.of_rule(text) for side, text in band.items()}
        return (value > limits.get("above", -1) and value >= limits.get("at-least", 0)
                and ("at-most" not in limits or value <= limits["at-most"]) and ("below" not in limits or value < limits["below"]))

    def meets(self, when, items, beside=0):
        """Whether a condition is met; what is asked of each item is met where one of these items meets it."""
        request = self.request
        buyer, seller = request.get("buyer") or {"kind": "consumer"}, request.get("seller") or {}
        asked = {
            "intrinsic-value": lambda band: self.in_band(self.goods + beside, band),
            "customs-value": lambda band: self.value_known and self.in_band(self.customs_value + beside, band),
            "buyer": lambda kind: buyer["kind"] == kind,
            "gift": lambda gift: bool(request.get("gift")) == gift,
            "transport": lambda ways: request.get("transport") in ways,
            "registered": lambda scheme: scheme in (seller.get("registrations") or []),
            "buyer-registered": lambda scheme: scheme in (buyer.get("registrations") or []),
            "trusted-trader": lambda wanted: bool(seller.get("trustedTrader")) == wanted,
            "claims-preference": lambda wanted: any(item.claims for item in self.items) == wanted,
            "with-codes": lambda codes: any(under(item.code, codes) for item in self.items),
            "without-codes": lambda codes: not any(under(item.code, codes) for item in self.items),
            "item-value": lambda band: any(self.in_band(item.goods / item.quantity, band) for item in items),
            "item-codes": lambda codes: any(under(item.code, codes) for item in items),
            "not-item-codes": lambda codes: any(not under(item.code, codes) for item in items),
            "origins": lambda places: any(item.origin in places for item in items),
            "not-origins": lambda places: any(item.origin and item.origin not in places for item in items),
            "ship-from": lambda places: request.get("shipFrom") in places,
            "regions": lambda regions: request.get("region") in regions,
        }
        for word in ("registered", "buyer-registered", "ship-from"):
            asked["not-" + word] = lambda wanted, word=word: not asked[word](wanted)
        # Bands last: a limit is converted only where all else is met.
        return all(asked[word](wanted) for word, wanted in sorted(when.items(), key=lambda one: isinstance(one[1], dict)))

    def regime_of(self, item):
        """The one regime left; None where it depends on what the request leaves open."""
        answers = {}
        for ship_from in self.possible("ship-from", self.request.get("shipFrom")):
            for origin in self.possible("origins", item.origin):
                for in_band in [None] if self.value_known else [True, False]:
                    try:
                        regime = self.regime_if(item, ship_from, origin, in_band)
                        answers[regime["id"]] = regime
                    except Refused as refusal:
                        if in_band is None or refusal.args[0] != "rule.conflict":
                            raise
                        return None
        return answers.popitem()[1] if len(answers) == 1 else None

    def possible(self, word, given):
        """The place that is given, else one of every kind that the regimes tell apart."""
        named = {place for rule in self.rules["regime"] for key in (word, "not-" + word) for place in rule.get("when", {}).get(key, ())}
        return [given] if given else [*sorted(named), "elsewhere"]

    def regime_if(self, item, ship_from, origin, in_band):
        held = []
        for rule in self.rules["regime"]:
            beside = self.in_place(Fraction(self.request.get("sameDayValue") or 0)) if rule.get("adds-up-same-day") else 0
            when = dict(rule.get("when", {}))
            places = [ship_from in when.pop("ship-from", [ship_from]), ship_from not in when.pop("not-ship-from", []),
                      origin in when.pop("origins", [origin]), origin not in when.pop("not-origins", [])]
            if in_band is not None and when.pop("customs-value", None):
                places.append(in_band)
            if within(self.day, rule.get("valid", {})) and all(places) and self.meets(when, [item], beside):
                held.append(rule)
        replaced = {name for rule in held for name in rule.get("replaces", ())}
        left = [rule for rule in held if rule["id"] not in replaced]
        if len(left) != 1:
            raise Refused("rule.conflict" if left else "rule.missing", None)
        return left[0]

    def holds(self, rule, items):
        """Whether a tax, fee or waiver is there for the place, the day and some of the items."""
        return (within(self.day, rule.get("valid", {})) and (not rule.get("places") or self.place in rule["places"])
                and any(not rule.get("regimes") or item.regime["id"] in rule["regimes"] for item in items)
                and self.meets(rule.get("when", {}), items))

    def bearers(self, measure, programme):
        """The items that bear a measure in the low, the median or the high."""
        found = ((item, item.choices[at]) for item in self.items if item.choices for at in (0, len(item.choices) // 2, -1))
        return {item for item, choice in found for duty in choice if (duty.measure, duty.programme) == (measure, programme)}

    def rounding(self, at, scope):
        rule = self.stated("rounding", at=at, scope=scope)
        return rule and (Fraction(rule["unit"]), rule["mode"])

    def of_item(self, at, amount):
        """An item's amount at a point, in whole minor units where no rule says otherwise."""
        if rule := self.rounding(at, "item"):
            return rounded(amount, *rule)
        return amount if self.rounding(at, "consignment") else rounded(amount, self.unit, "half-up")

    def in_base(self, at, amount):
        rule = self.rounding(at, "item")
        return rounded(amount, *rule) if rule else amount


class Line(NamedTuple):
    """A line of a quote; `heading` names what charges it and tells no two apart."""
    kind: str
    measure: str
    item: str | None
    programme: str | None
    amount: Fraction
    moment: str
    heading: str | None = None


class Scenario:
    """All charges, reckoned with the lowest, the middle or the highest duty of each item."""

    def __init__(self, basket, end):
        self.basket = basket
        self.lines = []
        self.duty = {}   # by item: the duty as it is charged
        self.exact = {}  # by item: its measures with their exact amounts
        for item in basket.items:
            at = {"low": 0, "median": len(item.choices or ()) // 2, "high": -1}[end]
            self.exact[item] = item.choices and [duty._replace(amount=basket.of_item("duty", duty.amount)) for duty in item.choices[at]]
        self.taxed, self.feed = {}, {}
        self.open = []   # charges whose amount is not known
        self.charge_duties()
        self.waive(before_taxes=True)
        self.charge_fees()
        self.charge_taxes()
        self.waive(before_taxes=False)

    def add(self, kind, measure, payer, amount, item=None, programme=None, heading=None):
        """A charge, collected as it is for the payer, one of the items that it is on."""
        moment = self.basket.way(payer.regime)[kind]["at"]
        to = self.open if amount is None else self.lines
        to.append(Line(kind, measure, item and item.id, programme, amount, moment, heading))

    def charge_duties(self):
        basket, groups = self.basket, defaultdict(list)
        pooled = basket.rounding("duty", "consignment")
        for item in basket.items:
            own = self.exact[item]
            self.duty[item] = None if own is None else basket.in_base("duty-in-tax-base", owed(own))
            if own is None:
                self.add("duty", "duties", item, None, item)
            for duty in own or ():
                together = pooled or duty.measure == "flat-rate"
                groups[duty.measure, duty.programme, duty.heading, None if together else item].append((item, duty))
        # One sum is rounded, whatever it is made of: each line takes what it comes to above the lines before it.
        exact, before = Fraction(0), Fraction(0)
        for (measure, programme, heading, one), parts in groups.items():
            payer, amount = parts[0][0], owed(duty for _, duty in parts)
            if pooled:
                exact += amount
                amount, before = rounded(exact, *pooled) - before, rounded(exact, *pooled)
            alone = len(basket.bearers(measure, programme) if pooled else parts) == 1
            self.add("duty", measure, payer, amount, payer if alone else None, programme, heading)
        relieved = [item.regime["id"] for item in basket.items if item.relieved and item.choices is not None]
        self.lines += [Line("relief", regime, None, None, Fraction(0), "checkout") for regime in dict.fromkeys(relieved)]

    def charge_taxes(self):
        basket, taxed = self.basket, self.taxed
        for tax in basket.rules.get("tax", ()):
            amounts, whole = {}, taxed.setdefault(tax["id"], {})
            for item in basket.items:
                if self.taxes(tax, item):
                    base, rate = self.base_of(tax, item, taxed), basket.tax_rate(tax, item)
                    if base is None or rate is None or self.depends(tax, [item]):  # what rests on it is not known either
                        whole[item] = None
                        self.add("tax", tax["id"], item, None, item)
                        continue
                    # What rests on another tax alone is rounded at `tax-in-tax-base`.
                    if not all(isinstance(part, dict) and "tax" in part for part in tax["base"]):
                        base = basket.of_item("tax-base", base)
                    rate = rate / (1 - rate) if tax.get("gross-up") else rate
                    amounts[item] = basket.of_item("tax", base * rate * percent(item.regime.get("tax-share", "100 %")))
                    whole[item] = basket.in_base("tax-in-tax-base", basket.of_item("tax", base * rate))
            if not amounts:
                continue
            if pooled := basket.rounding("tax", "consignment"):
                self.add("tax", tax["id"], next(iter(amounts)), rounded(sum(amounts.values()), *pooled))
            else:
                for item, amount in amounts.items():
                    self.add("tax", tax["id"], item, amount, item)

    def taxes(self, tax, item):
        when = {} if self.depends(tax, [item]) else tax.get("when", {})
        if not self.basket.holds({**tax, "when": when}, [item]) or item.regime["tax"] == "relieved" and not item.excluded:
            return False
        region = self.basket.request.get("region")
        return not tax.get("regions") or not region or region in tax["regions"]

    def depends(self, rule, items):
        """Whether it depends on what the request leaves open if a tax or fee is charged on some of the items."""
        when, request = rule.get("when", {}), self.basket.request
        known = {"regions": request.get("region"), "ship-from": request.get("shipFrom"), "not-ship-from": request.get("shipFrom"),
                 "origins": all(item.origin for item in items), "not-origins": all(item.origin for item in items),
                 "customs-value": self.basket.value_known}
        rest = {word: wanted for word, wanted in when.items() if known.get(word, True)}
        by_value = "customs-value" in when and not self.basket.value_known
        open_where = len(rest) < len(when) and self.basket.meets(rest, items) and (by_value or not self.basket.meets(when, items))
        return open_where or bool(rule.get("regions") and not request.get("region") and self.basket.meets(rest, items))

    def base_of(self, tax, item, taxed):
        """What the tax is reckoned on: its own base, or for a tax at the sale the regime's."""
        base = tax["base"]
        if isinstance(item.regime["tax"], dict) and not any(isinstance(part, dict) and ("tax" in part or "fee" in part) for part in base):
            base = item.regime["tax"]["charged-on"]
        parts = [self.part_of_base(part, item, taxed) for part in base]
        return None if None in parts else sum(parts, Fraction(0))

    def part_of_base(self, part, item, taxed):
        basket = self.basket
        if part == "customs-value" and not basket.value_known or part == "freight" and not basket.freight_known:
            return None
        if isinstance(part, str):
            return {"duty": self.duty[item], "customs-value": item.value}.get(part) if part not in SHARES else getattr(item, part)
        if "tax" in part:
            return taxed.get(part["tax"], {}).get(item, Fraction(0))
        if "uplift" in part:
            return rounded(item.value * percent(part["uplift"]), basket.unit, "half-up") if basket.value_known else None
        items, fee = basket.items, self.feed.get(part["fee"], Fraction(0))
        if fee is None or fee and len(items) > 1 and not basket.value_known:
            return None
        return apportioned(fee, [one.value for one in items], basket.unit)[items.index(item)]

    def charge_fees(self):
        basket = self.basket
        for fee in basket.rules.get("fee", ()):
            # On the whole consignment, where some item falls under one of its regimes.
            bearing = [item for item in basket.items if not fee.get("regimes") or item.regime["id"] in fee["regimes"]]
            if not bearing or not basket.holds({**fee, "when": {}}, basket.items):
                continue
            depends = self.depends(fee, basket.items)
            if not depends and not basket.meets(fee.get("when", {}), basket.items):
                continue
            amount = None if depends else self.fee(fee["charge"])
            if amount != "spared":
                self.feed[fee["id"]] = amount and basket.of_item("fee", amount)
                self.add("fee", fee["id"], bearing[0], self.feed[fee["id"]])

    def fee(self, charge):
        """What a fee comes to; None where that is not known, and nothing at all where every item claims what spares it."""
        basket = self.basket
        if charge == "unknown":
            return None
        if fixed := charge.get("fixed"):
            count = {"consignment": 1, "tariff-item": len({item.code[:6] for item in basket.items}), "line": len(basket.items)}[fixed["per"]]
            return count * basket.of_rule(fixed["amount"])
        by_value, items = charge.get("ad-valorem"), basket.items
        if not by_value:
            by_value = charge["sparing-claims"]
            items = [item for item in items if not (item.claims and item.origin in by_value["origins"])]
            if not items:
                return "spared"
        parts = charge.get("base") or by_value.get("base") or ["customs-value"]
        if "customs-value" in parts and not basket.value_known or "freight" in parts and not basket.freight_known:
            return None
        amount = sum(item.value if part == "customs-value" else getattr(item, part) for item in items for part in parts) * percent(by_value["rate"])
        amount = max(amount, basket.of_rule(by_value["min"])) if "min" in by_value else amount
        return min(amount, basket.of_rule(by_value["max"])) if "max" in by_value else amount

    def waive(self, before_taxes):
        """Charges whose sum is small are not collected; what is left of them is a relief. Waived duties are in no tax's base."""
        basket, duties = self.basket, {line.measure for line in self.lines if line.kind == "duty"}
        for waiver in basket.rules.get("waiver", ()):
            of = set(waiver["of"])
            if (of == {"duties"}) != before_taxes or not basket.holds(waiver, basket.items):
                continue
            kinds = {"duty": duties | {"duties"} if "duties" in of else set(), "tax": of}
            waived = [line for line in self.lines if line.measure in kinds.get(line.kind, ())]
            if not 0 < sum(line.amount for line in waived) <= basket.of_rule(waiver["at-most"]):
                continue
            if any(line.measure in kinds.get(line.kind, ()) for line in self.open):
                # Whether the sum stays within the limit is not known: neither is it due, nor waived.
                doubted = [line for line in waived if line.amount]
                self.lines = [line for line in self.lines if line not in doubted]
                self.open += doubted
                if before_taxes:
                    named = {line.item for line in doubted}
                    self.duty = {item: None if item.id in named else duty for item, duty in self.duty.items()}
                continue
            self.lines = [line._replace(kind="relief", amount=Fraction(0)) if line in waived else line for line in self.lines]
            if before_taxes:
                self.duty = dict.fromkeys(self.duty, Fraction(0))

    def totals(self, told=True):
        """Null where something unknown belongs to the sum; untold, the sums of what is known."""
        basket = self.basket
        sums = {kind: sum((line.amount for line in self.lines if line.kind == kind), Fraction(0)) for kind in ("duty", "tax", "fee")}
        paid = basket.goods + basket.freight + basket.insurance
        now, later = (sum((line.amount for line in self.lines if line.moment == moment), Fraction(0)) for moment in ("checkout", "return"))
        landed = paid + sum(sums.values())
        due = [paid + now, landed - paid - now - later, later]
        totals = dict(zip(TOTALS, [basket.goods, basket.freight, basket.insurance, *sums.values(), landed, *due]))
        if not basket.freight_known:
            totals["freight"] = None
        if not later and not (told and any(line.moment == "return" for line in self.open)):
            del totals["dueOnReturn"]
        if told:
            unknown = {NULLED[word] for line in self.open for word in (line.kind, line.moment)} | ({"landedCost"} if self.open else set())
            totals |= dict.fromkeys(unknown | (set() if basket.freight_known else {"landedCost", "dueAtCheckout"}))
        return totals


def quoted(*scenarios):
    """The lines of the median, and those that an end alone has, each with its ends where they differ."""
    low, median, high = ({line[:4]: line for line in lines} for lines in scenarios)
    lines = []
    for key in median | low | high:
        each = [one[key].amount if key in one else Fraction(0) for one in (low, median, high)]
        if key in median or any(each):
            ends = (min(each), max(each)) if min(each) != max(each) else (None, None)
            heading = next(one[key].heading for one in (median, low, high) if key in one)
            lines.append(dict(zip(KEYS, [*key, heading, each[1], *ends])))
    return lines


class Quote(Basket):
    """The answer."""

    def answer(self):
        for notice in self.rules.get("notice", ()):  # for the limits that it asks to be converted
            self.holds(notice, self.items)
        for item in self.items:  # the first that is open, or that nobody collects as asked, decides
            item.regime = self.regime_of(item)
            if item.regime is None:
                return self.unsettled()
            self.way(item.regime)
        for item in self.items:
            item.excluded = under(item.code, item.regime.get("relief-excludes", ()))
            item.relieved = item.regime["duty"] == "relieved" and not item.excluded
        self.allow()
        seen = set()
        for item in self.items:
            choices = self.choices_of(item, seen)
            item.choices = choices if self.value_known or item.relieved or self.is_flat(item) else None
        is_open = any(len(item.choices or ()) > 1 for item in self.items)
        median = Scenario(self, "median")
        low, high = (Scenario(self, end) for end in ("low", "high")) if is_open else (median, median)
        # What is open in one of them is known in none.
        open_in_any = dict.fromkeys(line for one in (low, median, high) for line in one.open)
        for one in (low, median, high):
            one.lines = [line for line in one.lines if line[:3] not in {line[:3] for line in open_in_any}]
            one.open = list(open_in_any)
        unknown = bool(median.open) or not self.freight_known
        lines = quoted(low.lines, median.lines, high.lines)
        ends, far = [low.totals(), high.totals()], median.totals()
        ranged = ends[0] != ends[1] or any(line["low"] is not None for line in lines)
        heaviest = max((item.regime for item in self.items), key=lambda regime: regime["release-category"])
        return {"status": "partial" if unknown else "range" if ranged else "complete", "regime": heaviest["id"], "lines": lines,
                "totals": far, "soFar": median.totals(told=False) if unknown else None,
                "range": dict(zip(("low", "high"), ends)) if ranged else None}

    def is_flat(self, item):
        """Whether the duty asks nothing of the customs value."""
        return isinstance(item.regime["duty"], dict) and "flat-per-tariff-item" in item.regime["duty"]

    def allow(self):
        """Only what exceeds a regime's allowance is charged; it is shared among the items by their customs values."""
        for regime in {item.regime["id"]: item.regime for item in self.items}.values():
            if "allowance" in regime:
                items = [item for item in self.items if item.regime is regime]
                free = min(rounded(self.of_rule(regime["allowance"]), self.unit, "half-up"), sum(item.value for item in items))
                for item, share in zip(items, apportioned(free, [item.value for item in items], self.unit)):
                    item.value -= share

    def unsettled(self):
        """Which regime holds depends on a value that is not known."""
        far = dict.fromkeys(TOTALS[:-1], Fraction(0)) | {part: getattr(self, part) for part in SHARES}
        far["landedCost"] = far["dueAtCheckout"] = self.goods + self.freight + self.insurance
        far["freight"] = far["freight"] if self.freight_known else None
        # Nothing is known of the charges: what a buyer would account for is not known either.
        totals = {key: far[key] if key in SHARES else None for key in TOTALS}
        return {"status": "partial", "regime": None, "lines": [], "totals": totals, "soFar": far, "range": None}

    def choices_of(self, item, seen):
        duty = item.regime["duty"]
        if item.relieved:
            return [[]]
        if isinstance(duty, dict) and "flat-per-tariff-item" in duty:
            flat = duty["flat-per-tariff-item"]
            code = item.code[: flat["digits"]]
            first = code not in seen
            seen.add(code)
            return [[Duty("flat-duty", self.of_rule(flat["amount"]))] if first else []]
        if isinstance(duty, dict) and "bands" in duty:
            return [[Duty("flat-rate", self.by_band(item, duty["bands"]))]]
        value = self.in_base("duty-base", item.value)
        choices = item.duties(value)
        if not choices or any(duty.amount is None for choice in choices for duty in choice):
            return None
        if isinstance(duty, dict) and "tariff-at-most" in duty and not item.excluded:
            most = [item.by_text("standard-rate", duty["tariff-at-most"], value)]
            choices = [most if item.cents(choice) > item.cents(most) else choice for choice in choices]
        choices.sort(key=item.cents)
        return choices if item.cents(choices[0]) != item.cents(choices[-1]) else [choices[len(choices) // 2]]

    def by_band(self, item, bands):
        """A rate of the consignment's customs value, in whole minor units; the items share it by their values."""
        band = next(band for band in bands if "up-to" not in band or self.customs_value <= self.of_rule(band["up-to"]))
        items = [one for one in self.items if one.regime["id"] == item.regime["id"]]
        whole = sum(one.value for one in items) * percent(band["rate"]) - self.of_rule(band.get("less", f"0 {self.currency}"))
        whole = rounded(max(whole, Fraction(0)), self.unit, "half-up")
        return apportioned(whole, [one.value for one in items], self.unit)[items.index(item)]

    def way(self, regime):
        """Who collects: the first way that is possible; delivered duty paid, all is paid with the order."""
        registered = (self.request.get("seller") or {}).get("registrations") or []
        ways = [way for way in regime["collection"] if way.get("needs-registration", None) in [None, *registered]]
        wanted = self.request.get("collection") or "auto"
        if wanted != "auto":
            ways = [way for way in ways if wanted in (way["model"], way["tax"]["by"])]
        if not ways:
            raise Refused("input.choice", "collection")
        if self.request.get("incoterm") == "DDP":
            return {part: {"at": ways[0][part]["at"].replace("delivery", "checkout")} for part in ("duty", "tax", "fee")}
        return ways[0]

    def tax_rate(self, tax, item):
        """The longest code listed over the goods' own decides; a rate for some goods only is not charged. None: not known, or not of all
        that a short code can mean."""
        by_code = tax.get("by-code", ())
        listed = longest_listed(by_code, item.code)
        rate = listed["rate"] if listed and listed["applies"] == "always" else tax["rate"]
        below = [one["rate"] for one in by_code for code in one["codes"] if code.startswith(item.code) and code != item.code]
        if "unknown" in below or below and tax["rate"] == "unknown":
            return None
        if rate == "unknown":
            return None
        return percent(rate["percent"]) if "percent" in rate else Fraction(rate["fraction"]["of"], rate["fraction"]["over"])


class Twin(Checkout):
    """The rules and tables of a checkout, and its quotes."""

    def quote(self, request):
        try:
            return Quote(self, request).answer()
        except Refused as refusal:
            return {"error": {"code": refusal.args[0], "field": refusal.args[1]}}
