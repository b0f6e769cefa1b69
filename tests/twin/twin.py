"""The arithmetic of a quote a second time, in exact fractions, from the rules and the tables alone.

Written from tariff-data/RULES.md, TABLES.md and the worked examples, not from the engine, so that the two can disagree.
`Twin(root).quote(request)` answers what compare.py holds against the engine: status, regime, lines, totals.
"""
import csv
import datetime
import re
import tomllib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from fractions import Fraction
from functools import lru_cache
from math import floor
from pathlib import Path

# Decimals of ISO 4217 where they are not two.
DECIMALS = dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0)
DECIMALS |= dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3)
SHARES = ["goods", "freight", "insurance"]
TOTALS = SHARES + ["duties", "taxes", "fees", "landedCost", "dueAtCheckout", "dueAtDelivery", "dueOnReturn"]
# The seller does not bear the carriage: without freight in the request it is not known.
CARRIAGE_APART = {"EXW", "FCA", "FAS", "FOB"}


class Refused(Exception):
    """What the contract answers with `{"error": {code, field}}`."""


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def money(text):
    """`"135 GBP"` → (135, "GBP")."""
    number, currency = text.split()
    return Fraction(number), currency


def percent(text):
    return Fraction(text.removesuffix("%").strip()) / 100


def rounded(value, unit, mode):
    """`value` in whole `unit`s."""
    units, rest = divmod(value / unit, 1)
    up = {"down": False, "up": rest > 0, "half-up": rest >= Fraction(1, 2),
          "half-even": rest > Fraction(1, 2) or rest == Fraction(1, 2) and units % 2 == 1}[mode]
    return (units + up) * unit


def apportioned(amount, weights, unit):
    """Shares in whole units that add up: each falls to the unit, what is left goes to the largest remainders, the earlier of equals."""
    total = sum(weights)
    if not total:
        weights, total = [1] * len(weights), len(weights)
    exact = [amount * weight / total for weight in weights]
    shares = [floor(share / unit) * unit for share in exact]
    left = (amount - sum(shares)) / unit
    for place in sorted(range(len(weights)), key=lambda place: (shares[place] - exact[place], place))[: int(left)]:
        shares[place] += unit
    return shares


def under(code, codes):
    return any(code.startswith(prefix) for prefix in codes)


def within(day, period):
    return (not period.get("from") or period["from"] <= day) and (not period.get("to") or day <= period["to"])


# ---- Duty expressions ----------------------------------------------------------------------------------------------------------------


class Expression:
    """sum { MIN sum } { MAX sum }, as TABLES.md writes it."""

    @staticmethod
    @lru_cache(maxsize=None)
    def parse(text):
        return Expression(text)

    def __init__(self, text):
        parts = re.split(r" (MIN|MAX) ", text)
        self.sum = self.terms(parts[0])
        self.bounds = [(parts[at], self.terms(parts[at + 1])) for at in range(1, len(parts), 2)]

    @staticmethod
    def terms(text):
        pieces = re.split(r" ([+-]) ", text)
        signs = [1] + [1 if sign == "+" else -1 for sign in pieces[1::2]]
        return [(sign, Expression.term(piece)) for sign, piece in zip(signs, pieces[::2])]

    @staticmethod
    def term(text):
        if found := re.fullmatch(r"([\d.]+) % of (.+)", text):
            return "part", Fraction(found[1]) / 100, found[2]
        if found := re.fullmatch(r"([\d.]+) %", text):
            return "value", Fraction(found[1]) / 100
        if found := re.fullmatch(r"([\d.]+) ([A-Z]{3})/(?:([\d.]+) )?(.+)", text):
            return "unit", Fraction(found[1]) / Fraction(found[3] or 1), found[2], found[4]
        if found := re.fullmatch(r"([\d.]+) ([A-Z]{3})", text):
            return "each", Fraction(found[1]), found[2]
        return "component", text

    def amount(self, item, value):
        """The duty on so much customs value, or None where a term lacks what it is charged on."""
        amount = self.total(self.sum, item, value)
        for bound, terms in self.bounds:
            limit = self.total(terms, item, value)
            if amount is None or limit is None:
                return None
            amount = (max if bound == "MIN" else min)(amount, limit)
        return None if amount is None else max(amount, Fraction(0))

    @staticmethod
    def total(terms, item, value):
        total = Fraction(0)
        for sign, (kind, *of) in terms:
            if kind == "value":
                part = value and value * of[0]
            elif kind == "unit":
                quantity = item.quantity_in(of[2])
                part = None if quantity is None else quantity * of[0] * item.basket.rate(of[1])
            elif kind == "each":
                part = item.quantity * of[0] * item.basket.rate(of[1])
            elif kind == "part":
                part = item.supplementary.get("value:" + of[1])
                part = None if part is None else part * item.quantity * of[0] * item.basket.request_rate
            else:
                part = None
            if part is None:
                return None
            total += sign * part
        return total


# ---- The tariff ----------------------------------------------------------------------------------------------------------------------


class Tariff:
    """One folder of tables."""

    def __init__(self, folder):
        about = tomllib.loads((folder / "tariff.toml").read_text(encoding="utf-8"))
        self.digits = about["digits"]
        self.covers = {"from": about.get("covers-from"), "to": about.get("covers-to")}
        self.covers = {end: day and str(day) for end, day in self.covers.items()}
        self.lines = sorted(row["code"] for row in table(folder / "lines.csv") if row["declarable"])
        self.series = {row["series"]: row | {"areas": row["areas"].split(";"), "flags": set(row["flags"].split(";")) - {""}}
                       for row in table(folder / "series.csv")}
        self.rows = defaultdict(list)
        for row in table(folder / "measures.csv"):
            self.rows[row["code"]].append(row)
        self.members = defaultdict(list)
        for row in table(folder / "areas.csv"):
            self.members[row["area"]].append(row)

        rated = {area for series in self.series.values() for area in series["areas"]}
        self.without_rates = set(self.members) - rated

    def declarable(self, code):
        """The lines that a code can mean: those beneath it, or the one it is with `00` pairs more or less."""
        end = bisect_right(self.lines, code + "~")
        beneath = self.lines[bisect_left(self.lines, code):end]
        while not beneath and code.endswith("00") and len(code) > 6:
            code = code[:-2]
            beneath = [line for line in [code] if line in self.lines[bisect_left(self.lines, code):][:1]]
        return beneath

    @lru_cache(maxsize=None)
    def belongs(self, origin, area, day):
        if area in ("all", origin):
            return True
        return any(row["member"] == origin and within(day, row) for row in self.members[area])

    @lru_cache(maxsize=None)
    def unrated(self, origin, day):
        """Whether the origin belongs to a programme whose rates are not at hand."""
        return any(self.belongs(origin, area, day) for area in self.without_rates)

    @lru_cache(maxsize=1 << 16)
    def rows_of(self, line, origin, day):
        """By type the rows that hold for goods of the origin on the day, the longest code first."""
        found = defaultdict(list)
        for length in range(len(line), 1, -1):
            for row in self.rows.get(line[:length], ()):
                series = self.series[row["series"]]
                if within(day, series) and any(self.belongs(origin, area, day) for area in series["areas"]):
                    if all(not re.fullmatch(r"\d\d-\d\d\.\.\d\d-\d\d", part) or in_season(day, part)
                           for part in row["condition"].split(";")):
                        found[series["type"]].append(row | {"of": series, "areas_named": series["areas"] != ["all"]})
        return dict(found)


def in_season(day, season):
    start, end = season.split("..")
    today = day[5:]
    return start <= today <= end if start <= end else today >= start or today <= end


def longest(rows):
    """The rows of the longest code."""
    return [row for row in rows if row["code"] == rows[0]["code"]] if rows else []


QUOTAS = {"quota", "preferential-quota"}
CLAIMED = ("preference", "customs-union-duty")
ORDINARY = {"third-country-duty", "column-2-duty"}
# Flags of rows that are for a use or for listed goods only, which a request cannot say.
FOR_USE = {"end-use", "vessels", "airworthiness", "listed-pharmaceutical", "listed-dye-intermediate", "licence"}


def longest_listed(rules, code):
    """The rule that lists the longest code over this one; one that lists none is for all the others."""
    found = [(len(prefix), rule) for rule in rules for prefix in rule["codes"] or [""] if code.startswith(prefix)]
    return max(found, key=lambda one: one[0])[1] if found else None


def owed(choice):
    return sum(amount for _, amount in choice)


def in_order(choices):
    return sorted(choices, key=owed)


def alternatives(item, rows):
    """Of the rows of one type those that can hold: one where the request settles which."""
    named = [row for row in rows if row["areas_named"]] or rows
    rows = longest(named)
    if item.additional in {row["additional"] for row in rows if row["additional"]}:
        rows = [row for row in rows if row["additional"] == item.additional]
    held = []
    for code in dict.fromkeys(row["additional"] for row in rows):
        own = [row for row in rows if row["additional"] == code]
        shown = [row for row in own if row["certificate"] in item.certificates]
        held += shown or [row for row in own if not row["certificate"]]
    return held


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

    def duties(self, value):
        """What the duty can be: for each choice its measures with their exact amounts; None where it is not known."""
        if self.own_rate is not None:
            return [[("third-country-duty", value * self.own_rate)]]
        duty = self.regime["duty"]
        if isinstance(duty, dict):
            table = next(rule for rule in self.basket.rules["rate-table"]
                         if rule["id"] == duty["rates"] and within(self.basket.day, rule.get("valid", {})))
            if rate := longest_listed(table["rate"], self.code):
                amount = Expression.parse(rate["duty"]).amount(self, value)
                return None if amount is None else [[(table["measure"], amount)]]
        if self.basket.tariff is None:
            return None
        if not self.lines:
            return in_order([[("third-country-duty", Expression.parse(rate).amount(self, value))] for rate in self.basket.unlisted()["duty"]]) or None
        if self.origin is None:
            return None
        by_line = [self.basket.tariff.rows_of(line, self.origin, self.basket.day) for line in self.lines]
        # A line for goods within a quota needs a quota certificate: a shorter code does not mean it.
        by_line = [rows for rows in by_line if not set(rows) & QUOTAS or set(rows) & ORDINARY] or by_line
        choices = []
        for rows in by_line:
            of_line = self.duties_of_line(rows, value)
            if of_line is None:
                return None
            choices += [of_line[0], of_line[-1]] if of_line[0] != of_line[-1] else of_line[:1]
        choices = in_order(choices)
        return choices if owed(choices[0]) != owed(choices[-1]) else [choices[len(choices) // 2]]

    def duties_of_line(self, rows, value):
        basic = self.basic(rows, value)
        parts = [basic]
        for kind in ("anti-dumping-duty", "countervailing-duty", "additional-duty"):
            held = alternatives(self, rows.get(kind, ()))
            if rows.get(kind):
                parts.append([(kind, self.reckoned(row, value)) for row in held] or [(kind, None)])
        choices = [[]]
        for part in parts:
            if part is None or any(amount is None for _, amount in part):
                return None
            choices = [choice + [one] for choice in choices for one in dict.fromkeys(part)]
        return in_order(choices)

    def reckoned(self, row, value):
        return Expression.parse(row["expression"]).amount(self, value) if row["expression"] else None

    def basic(self, rows, value):
        """The duty of the line itself: (measure, amount) for each alternative; None where it is not known."""
        def of(kind, rest=(), area=None):
            held = [row for row in rows.get(kind, ()) if area is None or area in row["of"]["areas"]]
            held = [row for row in held if not row["of"]["flags"] & FOR_USE or row["additional"] and row["additional"] == self.additional] or (
                held if kind == "third-country-duty" else [])
            for specific in ([True, False] if area is None else [None]):
                chosen = alternatives(self, [row for row in held if specific in (None, row["areas_named"])])
                if chosen:
                    found = [(kind, self.reckoned(row, value)) for row in chosen]
                    # Rows for a part of the line's goods leave the rest of them to what holds otherwise.
                    if not all(row["condition"].startswith("goods ") for row in chosen):
                        return found
                    return found + (list(rest) or of_all(kind, held) if specific else list(rest))
            return []

        def of_all(kind, held):
            return [(kind, self.reckoned(row, value)) for row in alternatives(self, [row for row in held if not row["areas_named"]])]

        ordinary = of("suspension") or of("column-2-duty") or of("third-country-duty")
        claimed = []
        if self.claims:
            areas = dict.fromkeys(area for kind in CLAIMED for row in rows.get(kind, ()) for area in row["of"]["areas"])
            held = [area for area in areas if self.basket.tariff.belongs(self.origin, area, self.basket.day)]
            claimed = [one for area in held for kind in CLAIMED if (one := of(kind, ordinary, area))]
            if not claimed and self.basket.tariff.unrated(self.origin, self.basket.day) and any(amount != 0 or not value for _, amount in ordinary):
                return None
        # A claimed rate that is not known leaves the duty open; of known ones the importer takes the lowest.
        if any(amount is None for one in claimed or [ordinary] for _, amount in one):
            return None
        known = [one for one in [*claimed, ordinary] if one and all(amount is not None for _, amount in one)]
        return min(known, key=lambda one: max(amount for _, amount in one)) if known else None


# ---- The basket ----------------------------------------------------------------------------------------------------------------------


class Basket:
    """A request under a territory's rules."""

    def __init__(self, twin, request):
        self.twin, self.request, self.day = twin, request, request["date"]
        self.place = request["destination"]
        if self.place not in twin.places:
            raise Refused("place.unknown", "destination")
        self.rules, place = twin.places[self.place]
        self.tariff = twin.tariff(self.rules.get("tariff"))
        self.currency = place["currency"]
        self.unit = Fraction(1, 10 ** DECIMALS.get(self.currency, 2))
        if self.tariff and not within(self.day, self.tariff.covers):
            raise Refused("date.outside-coverage", "date")
        for at, item in enumerate(request["items"]):
            if not re.fullmatch(r"\d{6,10}", item["code"]):
                raise Refused("code.malformed", f"items[{at}].code")
        self.request_rate = self.rate(request["currency"])
        self.items = [Item(self, at, given) for at, given in enumerate(request["items"])]
        if self.tariff:
            for item in self.items:
                item.lines = self.tariff.declarable(item.code)
                if not item.lines and not self.unlisted():
                    raise Refused("code.unknown", f"items[{item.place}].code")
        self.value()

    def unlisted(self):
        return next((rule for rule in self.rules.get("unlisted", ()) if within(self.day, rule.get("valid", {}))), None)

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

    def in_place(self, amount):
        return rounded(amount * self.request_rate, self.unit, "half-up")

    def value(self):
        """Goods less discount, shares of freight and insurance, the customs value of each item."""
        request = self.request
        amounts = {part: self.in_place(Fraction(request.get(part) or 0)) for part in ("discount", "freight", "insurance")}
        self.freight, self.insurance = amounts["freight"], amounts["insurance"]
        for item, share in zip(self.items, apportioned(amounts["discount"], [item.goods for item in self.items], self.unit)):
            item.goods -= share
        goods = [item.goods for item in self.items]
        shares = [apportioned(amounts[part], goods, self.unit) for part in ("freight", "insurance")]
        for item, freight, insurance in zip(self.items, *shares):
            item.freight, item.insurance = freight, insurance
        basis = next(rule for rule in self.rules["customs-value"] if within(self.day, rule.get("valid", {})))["basis"]
        self.value_known = not (basis == "CIF" and request.get("freight") is None and request.get("incoterm") in CARRIAGE_APART)
        for item in self.items:
            item.value = item.goods + (item.freight + item.insurance if basis == "CIF" else 0)
        self.goods, self.customs_value = sum(goods), sum(item.value for item in self.items)

    # -- circumstances --

    def in_band(self, value, band):
        limits = {side: money(text) for side, text in band.items()}
        limits = {side: amount * self.rate(currency) for side, (amount, currency) in limits.items()}
        return (value > limits.get("above", -1) and value >= limits.get("at-least", 0)
                and ("at-most" not in limits or value <= limits["at-most"]) and ("below" not in limits or value < limits["below"]))

    def meets(self, when, items, beside=0):
        """Whether a condition is met; what is asked of each item is met where one of these items meets it."""
        request = self.request
        buyer = request.get("buyer") or {"kind": "consumer"}
        seller = request.get("seller") or {}
        asked = {
            "intrinsic-value": lambda band: self.in_band(self.goods + beside, band),
            "customs-value": lambda band: self.in_band(self.customs_value + beside, band),
            "buyer": lambda kind: buyer["kind"] == kind,
            "gift": lambda gift: bool(request.get("gift")) == gift,
            "transport": lambda ways: request.get("transport") in ways,
            "registered": lambda scheme: scheme in (seller.get("registrations") or []),
            "not-registered": lambda scheme: scheme not in (seller.get("registrations") or []),
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
            "not-ship-from": lambda places: request.get("shipFrom") not in places,
            "regions": lambda regions: request.get("region") in regions,
            "buyer-registered": lambda scheme: scheme in (buyer.get("registrations") or []),
            "not-buyer-registered": lambda scheme: scheme not in (buyer.get("registrations") or []),
        }
        return all(asked[word](wanted) for word, wanted in when.items())

    def regime_of(self, item):
        """The one regime left; None where it depends on what the request leaves open."""
        answers = {}
        for ship_from in self.possible("ship-from", self.request.get("shipFrom")):
            for origin in self.possible("origins", item.origin):
                for in_band in [None] if self.value_known else [True, False]:
                    try:
                        regime = self.regime_if(item, ship_from, origin, in_band)
                        answers[regime["id"]] = regime
                    except Refused:
                        if in_band is None:
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

    def rounding(self, at, scope):
        return next(((Fraction(rule["unit"]), rule["mode"]) for rule in self.rules.get("rounding", ())
                     if rule["at"] == at and rule["scope"] == scope and within(self.day, rule.get("valid", {}))), None)

    def of_item(self, at, amount):
        """An item's amount at a point, in whole minor units where no rule says otherwise."""
        if rule := self.rounding(at, "item"):
            return rounded(amount, *rule)
        return amount if self.rounding(at, "consignment") else rounded(amount, self.unit, "half-up")


# ---- Charges -------------------------------------------------------------------------------------------------------------------------


class Scenario:
    """All charges, reckoned with the lowest, the middle or the highest duty of each item."""

    def __init__(self, basket, end):
        self.basket, self.end = basket, end
        self.lines = []  # (kind, measure, item or None, amount, moment)
        self.duty = {}   # by item: the duty as it is charged
        self.exact = {}  # by item: its measures with their exact amounts
        for item in basket.items:
            self.exact[item] = self.duties_of(item)
        self.taxed, self.feed, self.open_taxes = {}, {}, False
        self.charge_duties()
        self.waive(before_taxes=True)
        self.charge_fees()
        self.charge_taxes()
        self.waive(before_taxes=False)

    def add(self, kind, measure, items, amount, alone=True):
        part = "duty" if kind == "relief" else kind
        way = self.basket.way(items[0].regime)
        self.lines.append((kind, measure, items[0].id if alone and len(items) == 1 else None, amount, way[part]["at"]))

    def duties_of(self, item):
        if item.choices is None:
            return None
        at = {"low": 0, "median": len(item.choices) // 2, "high": -1}[self.end]
        return [(measure, self.basket.of_item("duty", amount)) for measure, amount in item.choices[at]]

    def charge_duties(self):
        basket, by_measure = self.basket, defaultdict(list)
        for item in basket.items:
            for measure, amount in self.exact[item] or ():
                by_measure[measure].append((item, amount))
            rule = basket.rounding("duty-in-tax-base", "item")
            whole = None if self.exact[item] is None else sum((amount for _, amount in self.exact[item]), Fraction(0))
            self.duty[item] = rounded(whole, *rule) if rule and whole is not None else whole
        pooled = basket.rounding("duty", "consignment")
        if pooled:
            sums = [sum(amount for _, amount in parts) for parts in by_measure.values()]
            # One sum falls to the unit, whatever measures it is made of; their lines fall by themselves, what is left joins the largest rest.
            unit, mode = pooled
            shares = [floor(part / unit) * unit for part in sums]
            left = (rounded(sum(sums), unit, mode) - sum(shares)) / unit
            for place in sorted(range(len(sums)), key=lambda place: (shares[place] - sums[place], place))[: int(left)]:
                shares[place] += unit
            for (measure, parts), share in zip(by_measure.items(), shares):
                self.add("duty", measure, [item for item, _ in parts], share)
        else:
            if band := by_measure.get("flat-rate"):
                self.add("duty", "flat-rate", [item for item, _ in band], sum(amount for _, amount in band))
            for item in basket.items:
                for measure, amount in self.exact[item] or ():
                    if measure != "flat-rate" and not (measure == "flat-duty" and not amount):
                        self.add("duty", measure, [item], amount)
        relieved = defaultdict(list)
        for item in basket.items:
            if item.regime["duty"] == "relieved" and not item.excluded and item.choices is not None:
                relieved[item.regime["id"]].append(item)
        for regime, items in relieved.items():
            self.lines.append(("relief", regime, None, Fraction(0), "checkout"))

    def charge_taxes(self):
        basket, taxed = self.basket, self.taxed
        for tax in basket.rules.get("tax", ()):
            amounts = {}
            for item in basket.items:
                if item.choices is not None and self.taxes(tax, item) and (base := self.base_of(tax, item, taxed)) is not None:
                    # What rests on another tax alone is rounded at `tax-in-tax-base`.
                    on_tax_alone = all(isinstance(part, dict) and "tax" in part for part in tax["base"])
                    base = base if on_tax_alone else basket.of_item("tax-base", base)
                    rate = basket.tax_rate(tax, item)
                    if tax.get("gross-up"):
                        rate = rate / (1 - rate)
                    share = percent(item.regime.get("tax-share", "100 %"))
                    amounts[item] = basket.of_item("tax", base * rate * share)
            if not amounts:
                continue
            rule = basket.rounding("tax-in-tax-base", "item")
            taxed[tax["id"]] = {item: rounded(amount, *rule) if rule else amount for item, amount in amounts.items()}
            if pooled := basket.rounding("tax", "consignment"):
                self.add("tax", tax["id"], list(amounts), rounded(sum(amounts.values()), *pooled), alone=False)
            else:
                for item, amount in amounts.items():
                    self.add("tax", tax["id"], [item], amount)

    def taxes(self, tax, item):
        if not self.basket.holds(tax, [item]) or item.regime["tax"] == "relieved" and not item.excluded:
            return False
        region = self.basket.request.get("region")
        if tax.get("regions") and not region:
            self.open_taxes = True
        return not tax.get("regions") or region in tax["regions"]

    def base_of(self, tax, item, taxed):
        """What the tax is reckoned on; None where a part of it is not known."""
        basket, base = self.basket, tax["base"]
        plain = not any(isinstance(part, dict) and ("tax" in part or "fee" in part) for part in base)
        if plain and isinstance(item.regime["tax"], dict):
            base = item.regime["tax"]["charged-on"]
        total = Fraction(0)
        for part in base:
            if part == "duty":
                amount = self.duty[item]
            elif part == "customs-value":
                amount = item.value
            elif part in SHARES:
                amount = getattr(item, part)
            elif "tax" in part:
                amount = taxed.get(part["tax"], {}).get(item)
                if amount is None and self.exact[item] is not None:
                    amount = Fraction(0)
            elif "uplift" in part:
                amount = item.value * percent(part["uplift"])
            else:
                items, amount = self.feed.get(part["fee"], ([], Fraction(0)))
                shares = apportioned(amount, [one.value for one in items], basket.unit) if item in items else []
                amount = shares[items.index(item)] if shares else Fraction(0)
            if amount is None or not basket.value_known and part in ("customs-value", "freight"):
                return None
            total += amount
        return total

    def charge_fees(self):
        basket = self.basket
        for fee in basket.rules.get("fee", ()):
            items = [item for item in basket.items if not fee.get("regimes") or item.regime["id"] in fee["regimes"]]
            if not items or not basket.holds(fee, items) or not basket.value_known:
                continue
            if by_value := fee["charge"].get("ad-valorem"):
                parts = fee["charge"].get("base") or by_value.get("base") or ["customs-value"]
                base = sum(item.value if part == "customs-value" else getattr(item, part) for item in items for part in parts)
                amount = base * percent(by_value["rate"])
                if "min" in by_value:
                    amount = max(amount, basket.of_rule(by_value["min"]))
                if "max" in by_value:
                    amount = min(amount, basket.of_rule(by_value["max"]))
            else:
                fixed = fee["charge"]["fixed"]
                count = {"consignment": 1, "tariff-item": len({item.code[:6] for item in items}), "line": len(items)}[fixed["per"]]
                amount = count * basket.of_rule(fixed["amount"])
            self.feed[fee["id"]] = items, basket.of_item("fee", amount)
            self.add("fee", fee["id"], items, self.feed[fee["id"]][1], alone=False)

    def waive(self, before_taxes):
        """Charges whose sum is small are not collected; what is left of them is a relief. Waived duties are in no tax's base."""
        basket, duties = self.basket, {line[1] for line in self.lines if line[0] == "duty"}
        for waiver in basket.rules.get("waiver", ()):
            of = set(waiver["of"])
            if (of == {"duties"}) != before_taxes or not basket.holds(waiver, basket.items):
                continue
            kinds = {"duty": duties if "duties" in of else set(), "tax": of}
            waived = [line for line in self.lines if line[1] in kinds.get(line[0], ())]
            owed_here = sum((line[3] for line in waived), Fraction(0))
            if not waived or owed_here > basket.of_rule(waiver["at-most"]) or not owed_here:
                continue
            self.lines = [("relief", line[1], line[2], Fraction(0), line[4]) if line in waived else line for line in self.lines]
            if before_taxes:
                self.duty = {item: None if amount is None else Fraction(0) for item, amount in self.duty.items()}

    def totals(self):
        basket = self.basket
        sums = {kind: sum((line[3] for line in self.lines if line[0] == kind), Fraction(0)) for kind in ("duty", "tax", "fee")}
        paid = basket.goods + basket.freight + basket.insurance
        now, later = (sum((line[3] for line in self.lines if line[4] == moment), Fraction(0)) for moment in ("checkout", "return"))
        landed = paid + sum(sums.values())
        totals = dict(zip(TOTALS, [basket.goods, basket.freight, basket.insurance, *sums.values(), landed, paid + now, landed - paid - now - later, later]))
        if not any(line[4] == "return" for line in self.lines):
            del totals["dueOnReturn"]
        return totals


class Quote(Basket):
    """The answer."""

    def answer(self):
        seen = set()
        for item in self.items:
            item.regime = self.regime_of(item)
        if any(item.regime is None for item in self.items):
            return self.unsettled()
        for item in self.items:
            item.excluded = under(item.code, item.regime.get("relief-excludes", ()))
        self.allow()
        for item in self.items:
            self.way(item.regime)
        for item in self.items:
            item.choices = self.choices_of(item, seen)
        low, median, high = (Scenario(self, end) for end in ("low", "median", "high"))
        unknown = not self.value_known or any(item.choices is None for item in self.items) or median.open_taxes
        amounts = [{line[:3]: line[3] for line in one.lines} for one in (low, median, high)]
        lines = []
        for key in dict.fromkeys(key for one in amounts for key in one):
            each = [one.get(key, Fraction(0)) for one in amounts]
            ends = (min(each), max(each)) if min(each) != max(each) else (None, None)
            lines.append(dict(zip(("kind", "measure", "item", "amount", "low", "high"), [*key, *map(self.text, (each[1], *ends))])))
        ends = [self.texts(one.totals()) for one in (low, median, high)]
        ranged = ends[0] != ends[2] or any(line["low"] for line in lines)
        totals = {key: None if unknown and key not in SHARES else text for key, text in ends[1].items() if not unknown or key != "dueOnReturn"}
        return {"status": "partial" if unknown else "range" if ranged else "complete", "regime": max((item.regime for item in self.items), key=lambda regime: regime["release-category"])["id"],
                "lines": lines, "totals": totals, "soFar": ends[1] if unknown else None,
                "range": {"low": ends[0], "high": ends[2]} if ranged and not unknown else None}

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
        paid = self.goods + self.freight + self.insurance
        far = self.texts(dict(zip(TOTALS, [self.goods, self.freight, self.insurance, 0, 0, 0, paid, paid, 0])))
        return {"status": "partial", "regime": None, "lines": [], "totals": {key: far[key] if key in SHARES else None for key in far},
                "soFar": far, "range": None}

    def text(self, amount):
        if amount is None:
            return None
        decimals = DECIMALS.get(self.currency, 2)
        units = rounded(amount, self.unit, "half-up") / self.unit
        digits = f"{int(units):0{decimals + 1}d}"
        return f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits

    def texts(self, totals):
        return {key: self.text(amount) for key, amount in totals.items()}

    def of_rule(self, text):
        amount, currency = money(text)
        return amount * self.rate(currency)

    def choices_of(self, item, seen):
        duty = item.regime["duty"]
        if not self.value_known:
            return None
        if duty == "relieved" and not item.excluded:
            return [[]]
        if isinstance(duty, dict) and "flat-per-tariff-item" in duty:
            flat = duty["flat-per-tariff-item"]
            first = item.code[: flat["digits"]] not in seen
            seen.add(item.code[: flat["digits"]])
            return [[("flat-duty", self.of_rule(flat["amount"]) if first else Fraction(0))]]
        if isinstance(duty, dict) and "bands" in duty:
            return [[("flat-rate", self.by_band(item, duty["bands"]))]]
        rule = self.rounding("duty-base", "item")
        return item.duties(rounded(item.value, *rule) if rule else item.value)

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
        way = ways[0]
        if self.request.get("incoterm") == "DDP":
            return {part: {"at": "checkout" if way[part]["at"] == "delivery" else way[part]["at"]} for part in ("duty", "tax", "fee")}
        return way

    def tax_rate(self, tax, item):
        """The longest listed code decides; a rate that holds for some of its goods only is not charged."""
        listed = longest_listed(tax.get("by-code", ()), item.code)
        rate = listed["rate"] if listed and listed["applies"] == "always" else tax["rate"]
        return percent(rate["percent"]) if "percent" in rate else Fraction(rate["fraction"]["of"], rate["fraction"]["over"])


def seven_digits(rate):
    """A rate in seven significant digits, as a published rate is written."""
    unit = Fraction(1)
    while rate >= unit * 10**7:
        unit *= 10
    while rate < unit * 10**6:
        unit /= 10
    return rounded(rate, unit, "half-up")


class Twin:
    """The rules and tables of a checkout."""

    def __init__(self, root):
        self.data = Path(root) / "tariff-data"
        self.units = {row["unit"]: (row["base"], Fraction(row["factor"])) for row in table(self.data / "tables/units.csv")}
        self.euro = defaultdict(dict)
        for row in table(self.data / "tables/fx/ecb.csv"):
            self.euro[row["currency"]][row["date"]] = Fraction(row["rate"])
        self.euro_days = sorted({day for rates in self.euro.values() for day in rates})
        self.subheadings = [row["code"] for row in table(self.data / "tables/hs/nodes.csv") if len(row["code"]) == 6]
        self.places = {}
        for file in sorted((self.data / "rules").glob("*.toml")):
            rules = dated(tomllib.loads(file.read_text(encoding="utf-8")))
            for place in rules["place"]:
                self.places[place["code"]] = rules, place

    @lru_cache(maxsize=None)
    def tariff(self, name):
        return Tariff(self.data / "tables" / name) if name else None

    @lru_cache(maxsize=None)
    def euro_rate(self, currency, day):
        """How many of the currency a euro was on the day, or the last before it."""
        at = bisect_right(self.euro_days, day)
        if not at:
            return None
        known = self.euro_days[at - 1]
        if datetime.date.fromisoformat(day) - datetime.date.fromisoformat(known) > datetime.timedelta(days=OLDEST_RATE):
            return None
        return Fraction(1) if currency == "EUR" else self.euro.get(currency, {}).get(known)

    def quote(self, request):
        try:
            return Quote(self, request).answer()
        except Refused as refusal:
            return {"error": {"code": refusal.args[0], "field": refusal.args[1]}}


# A published rate that is older is none for the day.
OLDEST_RATE = 10


def dated(rules):
    """The rules with their days as text."""
    if isinstance(rules, dict):
        return {key: dated(value) for key, value in rules.items()}
    if isinstance(rules, list):
        return [dated(value) for value in rules]
    return rules.isoformat() if isinstance(rules, datetime.date) else rules
