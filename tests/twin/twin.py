"""The arithmetic of a quote a second time, in exact fractions, from the rules and the tables alone.

Written from RULES.md, TABLES.md and the worked examples, not from the engine, so that the two can disagree.
"""
import operator
from collections import Counter, defaultdict, namedtuple
from fractions import Fraction

from duties import Duty, Item, Refused, listed, or_none, owed, stated
from tables import Checkout, Unknown, known, money, percent, rounded, seven_digits, under, within

# Decimals of ISO 4217 where they are not two.
DECIMALS = dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0)
DECIMALS |= dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3)
PAID = ("goods", "freight", "insurance")
# The sum that a line of a kind, or due at a moment, belongs to.
SUMS = dict(zip(PAID, PAID)) | {"duty": "duties", "tax": "taxes", "fee": "fees", "all": "landedCost",
                                "checkout": "dueAtCheckout", "delivery": "dueAtDelivery", "return": "dueOnReturn"}
# A charge in one scenario, and what a quote says of it; `heading` names what charges it and tells no two apart.
Line = namedtuple("Line", "kind measure item programme amount moment heading")
KEYS = ("kind", "measure", "item", "programme", "heading", "when", "amount", "low", "high")
# Whether a condition is met. Of several that must all be met the least decides, of alternatives the greatest.
NO, OPEN, YES = 0, 1, 2
SIDES = {"above": operator.gt, "at-least": operator.ge, "at-most": operator.le, "below": operator.lt}


class Quote:
    """A request under a territory's rules, and its answer."""

    def __init__(self, twin, request):
        self.twin, self.request, self.day, self.place = twin, request, request["date"], request["destination"]
        for at, item in enumerate(request["items"]):
            if not (item["code"].isdigit() and 6 <= len(item["code"]) <= 10):
                raise Refused("code.malformed", f"items[{at}].code")
        self.rules, place = twin.places[self.place]
        if not within(self.day, place.get("valid", {})) or not self.stated("regime"):
            raise Refused("date.outside-coverage", "date")
        self.tariff, self.currency = twin.tariff(self.rules.get("tariff")), place["currency"]
        self.unit = Fraction(1, 10 ** DECIMALS.get(self.currency, 2))
        self.request_rate = self.rate(request["currency"])
        self.items = [Item(self, at, given) for at, given in enumerate(request["items"])]
        self.value()

    def stated(self, what, **named):
        """The rule of this kind that holds on the day, with these words; None where there is none."""
        return next((rule for rule in self.rules.get(what, ()) if within(self.day, rule.get("valid", {}))
                     and all(rule[word] == value for word, value in named.items())), None)

    def rate(self, currency):
        """One unit in the destination's currency: as given, the other way round, or the European Central Bank's."""
        given, home = self.request.get("exchangeRates") or {}, self.currency
        if currency == home or f"{currency}/{home}" in given:
            return Fraction(given.get(f"{currency}/{home}", 1))
        back = given.get(f"{home}/{currency}")
        ends = [Fraction(back), 1] if back else [self.twin.euro_rate(end, self.day) for end in (currency, home)]
        if None in ends:
            raise Refused("exchange-rate.missing", "exchangeRates")
        return seven_digits(ends[1] / ends[0])

    def of_rule(self, text):
        amount, currency = money(text)
        return amount * self.rate(currency)

    def in_units(self, amount):
        return rounded(amount, self.unit, "half-up")

    def in_place(self, amount):
        return self.in_units(Fraction(amount) * self.request_rate)

    def at(self, point, amount, scope="item"):
        """An amount at a point of the reckoning; without a rule exact in a base, or where the consignment rounds."""
        if rule := self.stated("rounding", at=point, scope=scope):
            return rounded(amount, Fraction(rule["unit"]), rule["mode"])
        exact = point in ("duty-base", "duty-in-tax-base", "tax-in-tax-base")
        return amount if exact or self.stated("rounding", at=point, scope="consignment") else self.in_units(amount)

    def shared(self, amount, part, items):
        """By item its share, by this part of its value: each falls to the unit, and what the whole lacks then goes to
        the largest remainders, the earlier of equals."""
        if not amount or len(items) == 1:
            return dict.fromkeys(items, amount)
        weights = {item: known(item.parts[part]) for item in items}
        weights = weights if sum(weights.values()) else dict.fromkeys(items, 1)
        exact = {item: amount * weight / sum(weights.values()) for item, weight in weights.items()}
        shares = {item: rounded(share, self.unit, "down") for item, share in exact.items()}
        lacking = int((amount - sum(shares.values())) / self.unit)
        more = sorted(items, key=lambda item: shares[item] - exact[item])[:lacking]
        return {item: share + (self.unit if item in more else 0) for item, share in shares.items()}

    def value(self):
        """The parts of each item's value, and what conditions are about; None where the request does not say."""
        request = self.request
        for item in self.items:
            item.parts = {"goods": self.in_place(item.price * item.quantity)}
        for part in ("discount", "freight", "insurance"):
            for item, share in self.shared(self.in_place(request.get(part) or 0), "goods", self.items).items():
                item.parts |= {"goods": item.parts["goods"] - share} if part == "discount" else {part: share}
        basis = PAID if self.stated("customs-value")["basis"] == "CIF" else PAID[:1]
        for item in self.items:
            # Where the buyer bears the carriage, freight that is not stated is not known.
            if request.get("freight") is None and request.get("incoterm") in ("EXW", "FCA", "FAS", "FOB"):
                item.parts["freight"] = None
            item.parts["customs-value"] = or_none(sum, map(known, (item.parts[part] for part in basis)))
        self.whole = {part: or_none(sum, map(known, (item.parts[part] for item in self.items)))
                      for part in (*PAID, "customs-value")}
        buyer, seller = request.get("buyer") or {"kind": "consumer"}, request.get("seller") or {}
        codes = {item: {item.code[:digits] for digits in range(1, len(item.code) + 1)} for item in self.items}
        self.facts = {
            "intrinsic-value": self.whole["goods"], "customs-value": self.whole["customs-value"],
            "places": {self.place}, "buyer": {buyer["kind"]}, "buyer-registered": set(buyer.get("registrations") or []),
            "registered": set(seller.get("registrations") or []), "trusted-trader": {bool(seller.get("trustedTrader"))},
            "ship-from": {request.get("shipFrom")} - {None} or None, "transport": {request.get("transport")},
            "regions": {request.get("region")} - {None} or None, "gift": {bool(request.get("gift"))},
            "claims-preference": {any(item.claims for item in self.items)}, "with-codes": set().union(*codes.values())}
        for item in self.items:
            item.facts = self.facts | {"item-value": item.parts["goods"] / item.quantity, "item-codes": codes[item],
                                       "origins": {item.origin} - {None} or None}

    def met(self, word, wanted, item, beside):
        """Whether an item meets a condition; `beside` is the value of what arrives on the same day."""
        plain = word.replace("without-", "not-with-").removeprefix("not-")
        fact = item.facts[plain]
        if fact is None:
            return OPEN
        if isinstance(wanted, dict):
            fact += 0 if plain == "item-value" else beside
            return min(YES if SIDES[side](fact, self.of_rule(limit)) else NO for side, limit in wanted.items())
        common = fact.intersection(wanted if isinstance(wanted, list) else [wanted])
        return YES if bool(common) == (plain == word) else NO

    def holds(self, rule, items, beside=0):
        """Whether a rule is there on the day and its conditions are met, those on an item by one of these items."""
        when = {word: rule[word] for word in ("places", "regimes", "regions") if rule.get(word)} | rule.get("when", {})
        verdict = YES if within(self.day, rule.get("valid", {})) else NO
        # Bands last: a limit is converted only where all else is met.
        for word, wanted in sorted(when.items(), key=lambda one: isinstance(one[1], dict)):
            verdict = verdict and min(verdict, max(self.met(word, wanted, item, beside) for item in items))
        return verdict

    def regime_of(self, item):
        """The one regime left; None where it depends on what the request leaves open."""
        same_day = self.in_place(self.request.get("sameDayValue") or 0)
        found = [(self.holds(rule, [item], same_day if rule.get("adds-up-same-day") else 0), rule)
                 for rule in self.rules["regime"]]
        replaced = {name for verdict, rule in found if verdict == YES for name in rule.get("replaces", ())}
        left = [(verdict, rule) for verdict, rule in found if verdict != NO and rule["id"] not in replaced]
        if len(left) != 1 and all(verdict == YES for verdict, _ in left):
            raise Refused("rule.conflict" if left else "rule.missing", None)
        return left[0][1] if len(left) == 1 else None

    def way(self, regime):
        """Who collects: the first way that is possible."""
        wanted = self.request.get("collection") or "auto"
        ways = [way for way in regime["collection"] if wanted in ("auto", way["model"], way["tax"]["by"])
                and way.get("needs-registration") in [None, *self.facts["registered"]]]
        if not ways:
            raise Refused("input.choice", "collection")
        return ways[0]

    def allow(self):
        """Only what exceeds a regime's allowance is charged; it is shared among the items by their customs values."""
        for regime in {item.regime["id"]: item.regime for item in self.items}.values():
            items = [item for item in self.items if item.regime is regime]
            if "allowance" in regime and self.whole["customs-value"] is not None:
                value, free = sum(item.parts["customs-value"] for item in items), self.of_rule(regime["allowance"])
                for item, share in self.shared(min(self.in_units(free), value), "customs-value", items).items():
                    item.parts["customs-value"] -= share

    def choices_of(self, item):
        """What the duty on an item can be, from the lowest to the highest."""
        by_word = {"relieved": lambda *_: [], "flat-per-tariff-item": self.flat, "bands": self.by_band}
        if item.duty_by in by_word:
            return [by_word[item.duty_by](item, item.terms)]
        choices = item.duties()
        if item.duty_by == "tariff-at-most":
            most = item.by_rows(stated("standard-rate", [item.terms]))
            choices = [most if item.cents(choice) > item.cents(most) else choice for choice in choices]
        choices.sort(key=item.cents)
        return choices if item.cents(choices[0]) != item.cents(choices[-1]) else [choices[len(choices) // 2]]

    def flat(self, item, flat):
        """An amount on the first item of a code."""
        same = item.code[: flat["digits"]]
        alike = [one for one in self.items if one.duty_by == item.duty_by and one.code.startswith(same)]
        return [Duty("flat-duty", self.of_rule(flat["amount"]))] if item is alike[0] else []

    def by_band(self, item, bands):
        """A rate of the consignment's customs value, in whole minor units; the items share it by their values."""
        value, items = known(self.whole["customs-value"]), [one for one in self.items if one.regime is item.regime]
        band = next(band for band in bands if "up-to" not in band or value <= self.of_rule(band["up-to"]))
        whole = sum(one.parts["customs-value"] for one in items) * percent(band["rate"])
        whole -= self.of_rule(band.get("less", f"0 {self.currency}"))
        return [Duty("flat-rate", self.shared(self.in_units(max(whole, Fraction(0))), "customs-value", items)[item])]

    def taxed(self, tax, item):
        """Whether a tax is charged on an item."""
        return NO if item.regime["tax"] == "relieved" and not item.excluded else self.holds(tax, [item])

    def tax_rate(self, tax, item):
        """The longest code listed over the goods' own decides; a rate for some goods is not charged. Where the code is
        too short to tell whether a rate holds that is not known, there is none."""
        own, beneath = listed(tax.get("by-code", ()), item.code)
        rate = own["rate"] if own and own["applies"] == "always" else tax["rate"]
        if "unknown" in [rate, *(one["rate"] for one in beneath), *([tax["rate"]] if beneath else [])]:
            raise Unknown
        part = rate.get("fraction")
        return Fraction(part["of"], part["over"]) if part else percent(rate["percent"])

    def answer(self):
        for notice in self.rules.get("notice", ()):  # for the limits that it asks to be converted
            self.holds(notice, self.items)
        for item in self.items:  # the first that is open, or that nobody collects as asked, decides
            item.regime = self.regime_of(item)
            if item.regime is None:
                return self.told(None, [Scenario(self, None)] * 3)
            self.way(item.regime)
            item.facts["regimes"], duty = {item.regime["id"]}, item.regime["duty"]
            item.duty_by, item.terms = (duty, None) if isinstance(duty, str) else next(iter(duty.items()))
            item.excluded = under(item.code, item.regime.get("relief-excludes", ()))
            if item.excluded and item.duty_by in ("relieved", "tariff-at-most"):
                item.duty_by = "tariff"
        self.allow()
        for item in self.items:
            choices = or_none(self.choices_of, item) or [[Duty("duties", None)]]
            item.ends = choices[0], choices[len(choices) // 2], choices[-1]
        heaviest = max((item.regime for item in self.items), key=lambda regime: regime["release-category"])
        return self.told(heaviest["id"], [Scenario(self, end) for end in range(3)])

    def told(self, regime, scenarios):
        """The lines of the median, and those that an end alone has, each with its ends where they differ."""
        opened = list(dict.fromkeys(line for one in scenarios for line in one.open))
        for one in scenarios:  # what is open in one of them is known in none
            one.open, one.lines = opened, [line for line in one.lines if line[:3] not in {line[:3] for line in opened}]
        low, median, high = ({line[:4]: line for line in one.lines if line.kind not in PAID} for one in scenarios)
        lines = []
        for key, line in (median | low | high | low | median).items():  # the headings of the median first
            each = [one[key].amount if key in one else Fraction(0) for one in (low, median, high)]
            if key in median or any(each):
                ends = (min(each), max(each)) if min(each) != max(each) else (None, None)
                lines.append(dict(zip(KEYS, [*key, line.heading, line.moment, each[1], *ends])))
        low, median, high = (one.totals() for one in scenarios)
        ranged = low != high or any(line["low"] is not None for line in lines)
        return {"status": "partial" if opened else "range" if ranged else "complete", "regime": regime, "lines": lines,
                "totals": median, "soFar": scenarios[1].totals(told=False) if opened else None,
                "range": {"low": low, "high": high} if ranged else None}


class Scenario:
    """All charges, reckoned with the lowest, the middle or the highest duty of each item; open where the regime is."""

    def __init__(self, basket, end):
        self.basket, self.lines, self.open = basket, [], []  # open: those whose amount is not known
        for kind in SUMS:
            if end is None or kind in PAID:
                self.add(kind, None, basket.whole.get(kind))
        if end is not None:
            # What taxes and fees are reckoned on: the parts of an item's value, its duty, its taxes and shares of fees.
            self.parts = {item: dict(item.parts) for item in basket.items}
            self.charge_duties(end)
            self.waive(before_taxes=True)
            self.charge_fees()
            self.charge_taxes()
            self.waive(before_taxes=False)

    def add(self, kind, payer, amount, measure=None, item=None, programme=None, heading=None):
        """A charge, collected as it is for the payer, one of its items; delivered duty paid, with the order."""
        moment = self.basket.way(payer.regime)[{"relief": "duty"}.get(kind, kind)]["at"] if payer else "checkout"
        if self.basket.request.get("incoterm") == "DDP":
            moment = moment.replace("delivery", "checkout")
        line = Line(kind, measure, item and item.id, programme, amount, moment, heading)
        (self.open if amount is None else self.lines).append(line)

    def collect(self, kind, charges):
        """A line for each item, or for all where their sum is rounded, whatever measures it is made of: each of these
        takes what the sum so far comes to above the lines before it."""
        basket, groups, exact, before = self.basket, defaultdict(list), Fraction(0), Fraction(0)
        pooled = basket.stated("rounding", at=kind, scope="consignment")
        for item, duty in charges:
            if duty.amount is None:
                self.add(kind, item, None, duty.measure, item)
                continue
            one = None if pooled or duty.measure == "flat-rate" else item
            groups[duty.measure, duty.programme, duty.heading, one].append((item, duty))
        for (measure, programme, heading, one), parts in groups.items():
            exact += owed(duty for _, duty in parts)
            amount = basket.at(kind, exact, "consignment") - before
            before += amount
            bearers = {item for item in basket.items for choice in item.ends for duty in choice
                       if (duty.measure, duty.programme) == (measure, programme)}
            payer = parts[0][0]
            self.add(kind, payer, amount, measure, payer if one or len(bearers) == 1 else None, programme, heading)

    def charge_duties(self, end):
        basket, charges = self.basket, []
        for item in basket.items:
            own = [duty._replace(amount=duty.amount and basket.at("duty", duty.amount)) for duty in item.ends[end]]
            exact = or_none(owed, own)
            self.parts[item]["duty"] = exact and basket.at("duty-in-tax-base", exact)
            charges += [(item, duty) for duty in own]
        self.collect("duty", charges)
        for regime, item in {item.regime["id"]: item for item in basket.items if item.duty_by == "relieved"}.items():
            self.add("relief", item, Fraction(0), regime)

    def part(self, part, item):
        """One part of what a tax or a fee is reckoned on."""
        name = part if isinstance(part, str) else next(iter(part.items()))
        if name[0] == "uplift":
            return self.basket.in_units(self.part("customs-value", item) * percent(name[1]))
        return known(self.parts[item].get(name, Fraction(0)))

    def charge_taxes(self):
        basket = self.basket
        for tax in basket.rules.get("tax", ()):
            charges = []
            for item in basket.items:
                if verdict := basket.taxed(tax, item):
                    whole = or_none(self.tax, tax, item) if verdict == YES else None
                    amount = whole and basket.at("tax", whole * percent(item.regime.get("tax-share", "100 %")))
                    charges.append((item, Duty(tax["id"], amount)))
                    self.parts[item]["tax", tax["id"]] = whole and basket.at("tax-in-tax-base", basket.at("tax", whole))
            self.collect("tax", charges)

    def tax(self, tax, item):
        """The whole tax on an item, exactly: on the tax's own base, or for a tax at the sale on the regime's."""
        base, rate = tax["base"], self.basket.tax_rate(tax, item)
        kinds = {part if isinstance(part, str) else next(iter(part)) for part in base}
        if isinstance(item.regime["tax"], dict) and not kinds & {"tax", "fee"}:
            base = item.regime["tax"]["charged-on"]
        amount = sum(self.part(part, item) for part in base)
        # What rests on another tax alone is rounded at `tax-in-tax-base`.
        amount = amount if kinds == {"tax"} else self.basket.at("tax-base", amount)
        return amount * (rate / (1 - rate) if tax.get("gross-up") else rate)

    def charge_fees(self):
        """A fee is on the whole consignment, where some item falls under one of its regimes."""
        basket = self.basket
        for fee in basket.rules.get("fee", ()):
            (word, terms), = fee["charge"].items() if fee["charge"] != "unknown" else [("unknown", {})]
            items = [item for item in basket.items if not (item.claims and item.origin in terms.get("origins", ()))]
            verdict = basket.holds(fee, basket.items)
            if verdict == NO or not items:
                continue
            amount = or_none(self.fee, word, terms, items) if verdict == YES and word != "unknown" else None
            payer = next(item for item in basket.items if item.regime["id"] in fee.get("regimes", [item.regime["id"]]))
            self.add("fee", payer, amount, fee["id"])
            shares = or_none(basket.shared, amount, "customs-value", basket.items) or {}
            for item in basket.items:
                self.parts[item]["fee", fee["id"]] = shares.get(item)

    def fee(self, word, terms, items):
        of_rule = self.basket.of_rule
        if word == "fixed":
            count = {"consignment": 1, "tariff-item": len({item.code[:6] for item in items}), "line": len(items)}
            return self.basket.at("fee", count[terms["per"]] * of_rule(terms["amount"]))
        base = terms.get("base", ["customs-value"])
        amount = sum(self.part(part, item) for item in items for part in base) * percent(terms["rate"])
        amount = max(amount, of_rule(terms["min"])) if "min" in terms else amount
        return self.basket.at("fee", min(amount, of_rule(terms["max"])) if "max" in terms else amount)

    def waive(self, before_taxes):
        """Charges whose sum is small are not collected, but a relief. Waived duties are in no tax's base."""
        for waiver in self.basket.rules.get("waiver", ()):
            if (waiver["of"] == ["duties"]) != before_taxes or self.basket.holds(waiver, self.basket.items) != YES:
                continue
            waived, doubted = ([line for line in lines if line.kind == "duty" and "duties" in waiver["of"]
                                or line.kind == "tax" and line.measure in waiver["of"]]
                               for lines in (self.lines, self.open))
            if not 0 < sum(line.amount for line in waived) <= self.basket.of_rule(waiver["at-most"]):
                continue
            left = None if doubted else Fraction(0)
            if doubted:  # whether the sum stays within the limit is not known: neither is it due, nor waived
                waived = [line for line in waived if line.amount]
                self.open += waived
                self.lines = [line for line in self.lines if line not in waived]
            self.lines = [line._replace(kind="relief", amount=left) if line in waived else line for line in self.lines]
            for parts in self.parts.values() if before_taxes else ():
                parts["duty"] = parts["duty"] and left

    def totals(self, told=True):
        """Null where something unknown belongs to the sum; untold, the sums of what is known."""
        sums = Counter()
        for line in self.lines:
            sums.update({line.kind: line.amount, line.moment: line.amount, "all": line.amount})
        totals = {name: sums[word] for word, name in SUMS.items()} | {"freight": self.basket.whole["freight"]}
        unknown = {SUMS[word] for line in self.open for word in (line.kind, line.moment, "all")} if told else set()
        if not totals["dueOnReturn"] and "dueOnReturn" not in unknown:
            del totals["dueOnReturn"]
        return totals | dict.fromkeys(unknown)


class Twin(Checkout):
    """The rules and tables of a checkout, and its quotes."""

    def quote(self, request):
        try:
            return Quote(self, request).answer()
        except Refused as refusal:
            return {"error": {"code": refusal.args[0], "field": refusal.args[1]}}
