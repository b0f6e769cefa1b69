"""Baskets in which a fact may decide: what the fact's own rule asks for is met, and what it leaves open is tried in turn.

Which of them it does decide in, generate.py finds out by changing it.
"""
import datetime
from fractions import Fraction
from heapq import merge
from itertools import islice

from facts import DAY, at, number, unit_of
from tables import money, percent, within

# Round rates, so that a minor unit of one currency is whole minor units of the other.
RATES = {"CZK": {"EUR": 25}, "DKK": {"EUR": 8}, "HUF": {"EUR": 400}, "PLN": {"EUR": 4}, "RON": {"EUR": 5}, "SEK": {"EUR": 11}}
RATES |= {"BRL": {"USD": 5}, "KRW": {"USD": 1400}, "MXN": {"USD": 18}, "PEN": {"USD": 4}, "TRY": {"EUR": 50}, "JPY": {"USD": 150}}
RATE = 10
ODD = Fraction(571, 10000)
# Goods that no rule names, and the quantities that specific duties ask for.
PLAIN = ["420292", "851830", "950300", "392690", "610910"]
FARMED = "040690"
WEIGHT = "0.5"
QUANTITIES = [{"unit": "l", "quantity": "1"}, {"unit": "l-alcohol", "quantity": "0.4"}, {"unit": "item", "quantity": "1"}]
NOON = "2026-09-15"
MOST = 4000


class Candidates:
    """The baskets for facts of one territory."""

    def __init__(self, twin, rules, charged):
        self.twin, self.rules, self.charged = twin, rules, charged
        self.is_odd = False
        self.tariff = twin.tariff(rules.get("tariff"))
        self.whens = [rule.get("when", {}) for kind in ("regime", "tax", "fee", "notice") for rule in rules.get(kind, ())]
        self.limits = sorted({text for rule in self.whens for key in ("intrinsic-value", "customs-value", "item-value")
                              for text in rule.get(key, {}).values()} | {rule["allowance"] for rule in rules["regime"] if "allowance" in rule})
        self.seller = sorted({way["needs-registration"] for rule in rules["regime"] for way in rule["collection"] if "needs-registration" in way}
                             | set(self.named("registered", "not-registered")))
        self.first = min(rule.get("valid", {}).get("from", "1990-01-02") for rule in rules["regime"])

    def named(self, *words):
        """What the conditions of all rules name under these words."""
        for when in self.whens:
            for word in words:
                value = when.get(word, [])
                yield from value if isinstance(value, list) else [value]

    # -- the codes --

    def code(self, prefix):
        """A code of the tariff, or of the nomenclature, under this one."""
        known = self.tariff.declarable(prefix) if self.tariff else []
        if known:
            return known[0][:10]
        return next((code for code in self.twin.subheadings if code.startswith(prefix[:6])), "")[:6] + prefix[6:10]

    def codes(self, prefixes):
        return [code for code in dict.fromkeys(map(self.code, prefixes)) if len(code) >= 6]

    def listed_on(self, prefixes, rates):
        """Codes for which each of these is the longest that is listed, and beneath which no other is."""
        for prefix in prefixes:
            longer = [code for rate in rates for code in rate["codes"] if code.startswith(prefix) and code != prefix]
            known = self.tariff.declarable(prefix) if self.tariff else []
            if "unlisted" in self.rules or not self.tariff:
                known = [*known, *(code for code in self.twin.subheadings if code.startswith(prefix))]
            yield from [code[:10] for code in known if not any(code.startswith(one) or one.startswith(code) for one in longer)][:1]

    def beside(self, code, digits):
        """A code that has so many digits with this one in common, and not the next."""
        codes = self.tariff.lines if self.tariff else self.twin.subheadings
        return next((other[:10] for other in codes if other[:digits] == code[:digits] and other[digits] != code[digits:digits + 1]), code)

    def plain(self):
        """Goods that no condition and no rate by code names."""
        listed = {code for when in self.whens for word in ("item-codes", "not-item-codes", "with-codes", "without-codes") for code in when.get(word, ())}
        listed |= {code for tax in self.rules.get("tax", ()) for by_code in tax.get("by-code", ()) for code in by_code["codes"]}
        free = [code for code in PLAIN if not any(code.startswith(one) or one.startswith(code) for one in listed)]
        return self.codes(free[:2] or PLAIN[:1])

    # -- the rules that a fact is of --

    def first_regime_of(self, fact):
        """The first day on which a regime is in force under which the fact's rule can be asked."""
        if fact.section == "regime":
            return "0001-01-01"
        return min(regime.get("valid", {}).get("from", "1990-01-02") for _, regime in self.circumstances(fact))

    def circumstances(self, fact):
        """The conditions that must hold together for the fact to be asked: of its own rule, and of a regime under which that is charged."""
        owner = fact.owner
        own = owner.get("when", {}) if isinstance(owner, dict) else {}
        if fact.section == "regime":
            return [(own, owner)]
        if fact.section == "notice":
            return [(own, regime) for regime in self.rules["regime"][:1]]
        found = []
        for regime in self.rules["regime"]:
            named = owner.get("regimes") if fact.section in ("tax", "fee", "waiver", "refund") else None
            table = isinstance(regime["duty"], dict) and regime["duty"].get("rates")
            if named and regime["id"] not in named or fact.section == "rate-table" and table != owner["id"]:
                continue
            found.append(({**regime.get("when", {}), **own}, regime))
        return sorted(found, key=lambda one: (fact.section == "preference" and one[1]["duty"] != "tariff", one[1]["tax"] == "relieved"))

    def contexts(self, fact):
        """Requests without value and day, the plainest first."""
        by_regime = [islice(self.dimensions(fact, when, regime), MOST) for when, regime in self.circumstances(fact)]
        return (request for _, request in merge(*by_regime, key=lambda one: one[0]))

    def dimensions(self, fact, when, regime):
        owner = fact.owner if isinstance(fact.owner, dict) else {}
        places = owner.get("places") or [place["code"] for place in self.rules["place"]][:2]
        if fact.section == "place":
            places = [owner["code"]]
        if fact.path[-2:] == ("fee", "at"):
            places = [place for fee in self.rules.get("fee", ()) for place in fee.get("places", ())] or places
        buyers = [when["buyer"]] if "buyer" in when else ["consumer", "business"]
        vat = [[when["buyer-registered"]]] if "buyer-registered" in when else [[]]
        if not "buyer-registered" in when and "buyer-registered" in {word for one in self.whens for word in one}:
            vat.append(sorted(set(self.named("buyer-registered"))))
        needed = [when["registered"]] if "registered" in when else []
        way = by_index(fact, "collection") if "collection" in fact.path else {}
        needed += [way["needs-registration"]] if "needs-registration" in way else []
        free = [name for name in self.seller if name not in needed and name != when.get("not-registered")]
        sellers = [needed] + [needed + [name] for name in free]
        transports = when.get("transport", ["express", "post", "sea", "air"])
        senders = when.get("ship-from", [*dict.fromkeys(["CN", *self.named("ship-from", "not-ship-from")])])[:6]
        senders = [sender for sender in senders if sender not in when.get("not-ship-from", ())] or ["CN"]
        origins = when.get("origins", [*dict.fromkeys(["CN", *self.named("origins", "not-origins")])])[:4]
        origins = [origin for origin in origins if origin not in when.get("not-origins", ())] or ["CN"]
        if fact.section == "preference":
            origins = [row["member"] for row in self.tariff.members[owner["area"]] if within(NOON, row)][:4] or [owner["area"]]
        regions = owner.get("regions", [])[:2] or when.get("regions", [])[:2] or [next(iter(self.all_regions()), None)]
        claims = [when["claims-preference"]] if "claims-preference" in when else [False, True]
        # A limit on a piece and one on the consignment are told apart by a second item, or a second piece.
        seconds = [None, "item"] if any("item-value" in one for one in self.whens) else [None]
        seconds = [None, "item"] if fact.section == "rounding" else seconds
        # A least duty by weight shows on goods that are heavy for what they cost, a minor unit of a specific one on many.
        seconds = [None, "heavy"] if fact.section == "rate-table" else seconds
        if fact.path[-1] in ("per", "digits"):
            seconds = [None, "item", 5, 6]
        seconds += ["piece"] if "item-value" in fact.path else []
        dimensions = [places[:3], [when["gift"]] if "gift" in when else [False, True], buyers, vat, sellers, transports[:4], senders, origins,
                      regions, claims, self.codes_of(fact, when), self.duties_of(fact), seconds]
        for cost, chosen in plainest_first(dimensions):
            place, gift, buyer, buyer_has, seller_has, transport, sender, origin, region, claim, code, duty, second = chosen
            if buyer_has and buyer == "consumer":
                continue
            request = {"date": None, "destination": place, "region": region, "shipFrom": sender, "currency": None}
            item = {"code": code, "origin": origin, "quantity": "1", "unitPrice": None, "dutyRate": duty, "claimPreference": claim or None}
            if duty is None:
                item |= {"netWeightKg": WEIGHT, "supplementary": QUANTITIES}
            request |= {"items": [item], "transport": transport, "gift": gift or None}
            if buyer == "business":
                request["buyer"] = {"kind": "business"} | ({"registrations": buyer_has} if buyer_has else {})
            if second == "item":
                request["items"].append({**item, "unitPrice": "4000" if fact.section == "rounding" else "1"})
            if second in (5, 6):
                request["items"].append({**item, "code": self.beside(code, second), "unitPrice": "1"})
            if second == "piece":
                item["quantity"] = "2"
            if way:
                alike = [other for other in owner["collection"] if other["model"] == way["model"]]
                request["collection"] = way["model"] if alike[0] == way else way["tax"]["by"]
            if second == "heavy":
                item |= {"netWeightKg": "500", "supplementary": [held | {"quantity": "400"} for held in QUANTITIES]}
            if seller_has:
                request["seller"] = {"registrations": seller_has}
            if fact.section == "refund":
                request |= {"returned": [{"id": "0", "quantity": "1"}]} | ({"collection": fact.owner["models"][0]} if "models" in fact.owner else {})
            if when.get("trusted-trader"):
                request.setdefault("seller", {})["trustedTrader"] = True
            request["items"] = [{key: value for key, value in item.items() if value is not None} for item in request["items"]]
            yield cost, {key: value for key, value in request.items() if value is not None or key in ("date", "currency")}

    def all_regions(self):
        return [region for place in self.rules["place"] for region in place.get("regions", ())]

    def codes_of(self, fact, when):
        if "by-code" in fact.path:
            prefixes = by_index(fact, "by-code")["codes"]
            return list(islice(self.listed_on(prefixes, fact.owner["by-code"]), 6)) or self.codes(prefixes)[:6]
        if fact.path[-1] == "gross-up" and (rates := [rate for rate in fact.owner.get("by-code", ()) if is_charged(rate["rate"])]):
            return list(islice(self.listed_on([code for rate in rates for code in rate["codes"]], fact.owner["by-code"]), 6))
        if fact.section == "rate-table" and "rate" in fact.path:
            listed = by_index(fact, "rate").get("codes")
            return self.codes(listed)[:4] if listed else self.plain()
        if fact.section == "preference":
            series = {series for series, about in self.tariff.series.items() if is_rate_of(about, fact.owner["area"])}
            rated = [code for code, rows in self.tariff.rows.items() if any(row["series"] in series for row in rows)]
            lines = (self.tariff.declarable(code) for code in rated[:: len(rated) // 40 + 1])
            return [lines[0] for lines in lines if lines]
        if fact.section in ("waiver", "rounding"):
            return [*self.codes([FARMED]), *self.plain()]
        if fact.section == "unlisted":
            return [code for code in self.twin.subheadings if not self.tariff.declarable(code)][:2]
        wanted = [*when.get("item-codes", ()), *when.get("with-codes", ())]
        if wanted:
            return self.codes(wanted)[:6]
        if "collection" in fact.path and fact.owner["tax"] == "relieved":
            # Tax is due there on what the relief leaves out.
            return self.codes(fact.owner.get("relief-excludes", ()))[:6] + self.plain()
        shunned = {*when.get("not-item-codes", ()), *when.get("without-codes", ())}
        others = [code for word in ("item-codes", "with-codes", "without-codes", "not-item-codes") for code in self.named(word)]
        others += [code for regime in self.rules["regime"] for code in regime.get("relief-excludes", ())]
        by_table = [code for table in self.rules.get("rate-table", ()) for rate in table["rate"] for code in (rate.get("codes") or ())[:1]]
        if fact.section == "tax":
            # Where the ordinary rate or its days are asked, and a listed rate of nothing would hide them.
            by_table += [code for by_code in fact.owner.get("by-code", ()) for code in by_code["codes"][:1]]
        others = [code for code in dict.fromkeys([*others, *by_table]) if not any(code.startswith(one) for one in shunned)]
        return [*self.plain(), *self.codes([*others[:8], FARMED])]

    def duties_of(self, fact):
        if fact.section in ("unlisted", "rate-table", "preference"):
            return [None]
        if fact.section == "rounding":
            return ["3.35", "10"]
        return ["10", None, "0"]

    # -- days and values --

    def days(self, fact):
        """Both sides of a day; else a day on which the fact's rule holds."""
        if fact.kind == "day":
            day = datetime.date.fromisoformat(fact.value)
            other = day - DAY if fact.path[-1] == "from" else day + DAY
            return sorted([day.isoformat(), other.isoformat()])
        valid = fact.owner.get("valid", {}) if isinstance(fact.owner, dict) else {}
        days = [NOON, max(valid.get("from", "1990-01-02"), self.first), valid.get("to", NOON)]
        return [day for day in dict.fromkeys(days) if within(day, valid)][:2]

    def values(self, fact, request):
        """(currency, what to price the goods at, whether all of these belong together): the fact's own limit first."""
        home, amounts = self.home(request), []
        if fact.section == "preference":
            yield home, [Fraction(1000)], False
            return
        if fact.kind == "money" and self.is_limit(fact):
            for currency in dict.fromkeys([money(fact.value)[1], home]):
                amounts = self.around(fact.value, currency, home)
                yield currency, amounts, True
            if fact.path[-1] != "allowance":
                return
            # What exceeds an allowance shows where its duty or tax turns over to the next minor unit.
            yield home, [amounts[-1] + step * unit_of(home) for step in range(1, 120)], False
            return
        if fact.section == "waiver":
            yield home, self.at_waiver(fact, request, home), fact.kind == "money"
            return
        if fact.path[-1] in ("min", "max"):
            # Where the rate's charge turns over to a minor unit more than the least, or falls one short of the greatest.
            amount, currency = money(fact.value)
            half = unit_of(home) / 2 if fact.path[-1] == "min" else -unit_of(home) / 2
            turn = (amount * self.rate_or_one(currency, home) + half) / percent(at(fact.owner, fact.path[2:-1])["rate"])
            turn = -(-turn // unit_of(home)) * unit_of(home)
            yield home, [turn - unit_of(home), turn, turn + unit_of(home)], True
        for limit in [] if fact.path[-1] in ("per", "digits") else self.limits:
            amounts += self.around(limit, home, home)
        unit = unit_of(home)
        if fact.section == "rounding" or fact.path[-1] in ("of", "over"):
            amounts = [unit * units for units in (1234567, 76543, 43219, 98765432, 8765, *range(5000, 100000, 1000), *range(190000, 200000, 1000))]
        amounts += [unit * 10000, unit * 1000, unit * 100000, unit * 1000000, unit * 30000000, unit * 1000000000, unit * 50]
        yield home, [amount for amount in dict.fromkeys(amounts) if amount > 0], False

    def around(self, limit, currency, home):
        """A minor unit of the currency below a limit, at it, above it."""
        amount, of = money(limit)
        unit = unit_of(currency)
        if of != currency:
            amount *= self.rate(of, home)
        at = amount // unit * unit
        return [at - unit, at, at + unit] if at > unit else [at, at + unit]

    def at_waiver(self, fact, request, home):
        """Goods whose charges come to a minor unit less than a waiver's limit, to the limit, and to more."""
        limit, currency = money(fact.owner["at-most"])
        limit, unit, found = limit * self.rate_or_one(currency, home), unit_of(home), []

        def reaches(units, target):
            return self.charged(fact.owner, self.priced(request, self.days(fact)[-1], home, units * unit, None, {currency})) >= target

        for target in (limit - unit, limit, limit + unit):
            # Upwards first: far above, another regime may hold.
            low, high = 0, int(limit / unit)
            while not reaches(high, target) and high < limit / unit * 1000:
                low, high = high, high * 2
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if reaches(middle, target) else (middle, high)
            found.append(high * unit)
        return found

    def same_day(self, fact, group):
        """The limit reached by what else arrives on the same day."""
        if fact.section != "regime" or not fact.owner.get("adds-up-same-day") or "item-value" in fact.path:
            return
        prices = [Fraction(request["items"][0]["unitPrice"]) - 10 for request in group]
        if min(prices) > 0:
            yield [self.priced(request, request["date"], request["currency"], price, request.get("freight")) | {"sameDayValue": "10"}
                   for request, price in zip(group, prices)]

    def elsewhere(self, fact, group):
        """The limit in the other currencies of the territory, at a rate at which it is no whole amount: limits are converted unrounded."""
        of, homes = money(fact.value)[1], {self.home(group[0])}
        places = fact.owner.get("places") or [place["code"] for place in self.rules["place"]]
        for place in places:
            request = group[0] | {"destination": place}
            home = self.home(request)
            if home in homes or home == of:
                continue
            homes.add(home)
            self.is_odd = True
            amounts = self.around(fact.value, home, home)
            request.pop("exchangeRates", None)
            request.pop("freight", None)
            yield [self.priced(request, request["date"], home, amount, None, {of}) for amount in amounts]
            self.is_odd = False

    def rate_or_one(self, of, home):
        return 1 if of == home else self.rate(of, home)

    @staticmethod
    def is_limit(fact):
        return fact.path[-1] in ("above", "at-least", "at-most", "below", "up-to", "allowance") and fact.section != "waiver"

    def home(self, request):
        return next(place["currency"] for place in self.rules["place"] if place["code"] == request["destination"])

    def rate(self, of, home):
        return Fraction(RATES.get(home, {}).get(of, RATE)) + (ODD if self.is_odd else 0)

    def priced(self, request, day, currency, amount, freight=None, foreign=()):
        """The request with its day, its price and its exchange rates."""
        home = self.home(request)
        rates = {f"{other}/{home}": decimal(self.rate(other, home)) for other in sorted({currency, *foreign} - {home})}
        item = request["items"][0] | {"unitPrice": number(amount, currency)}
        request = request | {"date": day, "currency": currency, "items": [item, *request["items"][1:]]}
        if freight:
            request["freight"] = freight
        return request | ({"exchangeRates": rates} if rates else {})


def is_rate_of(series, area):
    """Whether the rates are those of a programme."""
    return series["type"] in ("preference", "customs-union-duty") and area in series["areas"]


def is_charged(rate):
    return rate != "unknown" and rate.get("percent") != "0 %"


def decimal(rate):
    return f"{float(rate):g}"


def plainest_first(dimensions):
    """Each choice of one value of every dimension, those that deviate least from the first values before the others."""
    def places(cost, sizes):
        if not sizes:
            if cost == 0:
                yield ()
            return
        for place in range(min(cost, sizes[0] - 1) + 1):
            if cost - place <= sum(size - 1 for size in sizes[1:]):
                yield from ((place, *rest) for rest in places(cost - place, sizes[1:]))

    sizes = [len(values) for values in dimensions]
    for cost in range(sum(sizes) - len(sizes) + 1):
        for chosen in places(cost, sizes):
            yield cost, [values[place] for values, place in zip(dimensions, chosen)]


def by_index(fact, word):
    """The entry of a list on the fact's path."""
    entry = fact.owner
    for part in fact.path[2: fact.path.index(word) + 2]:
        entry = entry[part]
    return entry
