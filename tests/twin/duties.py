"""What the duty on an item can be: as the request says, by a rate table, or by a tariff's tables as TABLES.md says."""
from collections import defaultdict, namedtuple
from fractions import Fraction
from itertools import product
from operator import attrgetter

from tables import Expression, Unknown, known, within

ORDINARY = "third-country-duty"
REMEDIES = ("anti-dumping-duty", "countervailing-duty", "additional-duty")
# Flags of rows that are for a use or for listed goods only.
FOR_USE = {"end-use", "airworthiness", "listed-pharmaceutical", "listed-dye-intermediate"}
# One duty on an item; a programme's has the heading that charges it.
Duty = namedtuple("Duty", "measure amount programme heading", defaults=(None, None))
by_amount = attrgetter("amount")


class Refused(Exception):
    """What the contract answers with `{"error": {code, field}}`."""


def or_none(reckon, *given):
    try:
        return reckon(*given)
    except Unknown:
        return None


def owed(choice):
    return sum(known(duty.amount) for duty in choice)


def stated(measure, rates):
    """Rates that stand in no tariff, as if they were rows of one."""
    return [{"of": {"type": measure}, "expression": rate} for rate in rates]


def listed(rules, code):
    """The rule on the longest code over this one, and those on codes beneath it; one on none is for all others."""
    over = [(len(above), rule) for rule in rules for above in rule["codes"] or [""] if code.startswith(above)]
    beneath = [rule for rule in rules for below in rule["codes"] if below.startswith(code) and below != code]
    return (max(over, key=lambda one: one[0])[1] if over else None), beneath


class Item:
    """One item of the request; `base` is the customs value as duty is reckoned on it."""

    def __init__(self, basket, place, given):
        self.basket, self.id = basket, given.get("id") or str(place)
        self.code, self.origin, self.claims = given["code"], given.get("origin"), bool(given.get("claimPreference"))
        self.quantity, self.price = Fraction(given["quantity"]), Fraction(given["unitPrice"])
        self.own_rate = [f"{given['dutyRate']} %"] if given.get("dutyRate") else []
        self.additional, self.certificates = given.get("additionalCode"), set(given.get("certificates") or [])
        self.named = self.certificates | {self.additional} - {None}
        self.lines = basket.tariff.declarable(self.code) if basket.tariff else []
        # What it holds, and the values of its parts, by units that measure the same.
        self.held = {"item": self.quantity}
        weight = [{"unit": "kg", "quantity": given["netWeightKg"]}] if given.get("netWeightKg") else []
        for part in weight + (given.get("supplementary") or []):
            base, factor = basket.twin.units.get(part["unit"], (part["unit"], 1))
            self.held[base] = Fraction(part["quantity"]) * factor * self.quantity

    def quantity_in(self, unit):
        """How many of the unit the item holds."""
        base, factor = self.basket.twin.units[unit]
        return known(self.held.get(base)) / factor

    def part(self, name):
        """The value of a part of the goods."""
        return self.basket.in_place(known(self.held.get("value:" + name)))

    def cents(self, choice):
        return sum(self.basket.in_units(duty.amount) for duty in choice)

    def by_rows(self, rows):
        """Their duties, the lowest first."""
        amounts = [Expression.parse(row["expression"]).amount(self, self.base) for row in rows]
        return sorted((Duty(row["of"]["type"], amount) for row, amount in zip(rows, amounts)), key=by_amount)

    def by_table(self, code):
        """The rates of the regime's rate table for the goods under a code, and whether it lists all of them."""
        if self.duty_by != "rates":
            return [], False
        table = self.basket.stated("rate-table", id=self.terms)
        whole, rates = listed(table["rate"], code)
        rates = [rate["duty"] for rate in [*rates, whole] if rate]
        return stated(table["measure"], rates), bool(whole)

    def duties(self):
        """What the duty can be: choices, each of the measures that are charged together."""
        basket, tariff = self.basket, self.basket.tariff
        rates, is_listed = self.by_table(self.code)
        covered = tariff and within(basket.day, tariff.covers)
        if not (is_listed or self.own_rate or covered or known(tariff) is None):
            raise Refused("date.outside-coverage", "date")
        self.base = basket.at("duty-base", known(self.parts["customs-value"]))
        if not (covered and self.lines) or self.own_rate and not is_listed:
            others = [] if is_listed else self.own_rate or basket.stated("unlisted")["duty"] or [None]
            return [[duty] for duty in self.by_rows(rates + stated(ORDINARY, others))]
        tables = {line: self.by_table(line) for line in self.lines}
        rows = {line: tariff.rows_of(line, known(self.origin), basket.day) for line in tables if not tables[line][1]}
        # A line for goods within a quota needs a quota certificate: a shorter code does not mean it.
        quotas, outside = {"quota", "preferential-quota"}, {ORDINARY, "column-2-duty", "suspension"}
        of_quota = [line for line, held in rows.items() if held.keys() & quotas and not held.keys() & outside]
        choices = []
        for line, (rates, _) in tables.items():
            choices += [[duty] for duty in self.by_rows(rates)]
            if line in rows and (line not in of_quota or of_quota == self.lines):
                of_line = self.duties_of_line(line, rows[line])
                ends = max(of_line, key=owed), min(of_line, key=owed)
                choices += {self.cents(end): end for end in ends}.values()
        return choices

    def duties_of_line(self, line, rows):
        """Each combination of what can hold on the line."""
        tariff, day, used_as = self.basket.tariff, self.basket.day, self.additional or "none"
        # Rows that wait for no use and no list, or whose additional code is named.
        free = {kind: [row for row in held if not row["of"]["flags"] & FOR_USE or row["additional"] == used_as]
                for kind, held in rows.items()}
        # A suspension, or else the duty itself. A line whose only duty is for a use is the line of the goods so used.
        duties = free.get("suspension"), rows.get("column-2-duty"), free.get(ORDINARY), rows.get(ORDINARY)
        ordinary, programmes = self.alternatives(next(filter(None, duties), [])), defaultdict(list)
        for row in free.get("preference", []) + free.get("customs-union-duty", []) if self.claims else ():
            programmes[row["of"]["type"], *row["of"]["areas"]].append(row)
        claimed = [self.alternatives(programme) for programme in programmes.values()]
        # A claim is granted where a programme has a rate, or under all of the origin's where goods are free without.
        granted = {area for programme in claimed for row in programme for area in row["of"]["areas"]}
        if self.claims and not claimed:
            if ordinary and all(row["expression"] == "0 %" for row in ordinary):
                granted = tariff.members.keys() - {"all"}
            elif tariff.unrated(self.origin, day):
                raise Unknown
        granted = {area for area in granted if tariff.belongs(self.origin, area, day)}
        remedies = [self.by_rows(self.alternatives(rows[kind])) for kind in REMEDIES if kind in rows]
        parts = map(dict.fromkeys, [self.basic(ordinary, claimed), *remedies])
        return self.on_top(line, granted, [list(choice) for choice in product(*parts)])

    def basic(self, ordinary, claimed):
        """The least and the most that the line's own duty can be. A claim rests on the best of its programmes and never
        raises the duty; where all are for a part of the goods it leaves the rest as they are."""
        programmes = [self.by_rows(programme) for programme in claimed]
        in_part = all(row["partial"] for programme in claimed for row in programme)
        ordinary = or_none(self.by_rows, ordinary)
        lows = [duties[0] for duties in [*programmes, ordinary] if duties]
        highs = [duties[-1] for duties in [*([] if in_part else programmes), ordinary] if duties]
        if not highs or not ordinary and min(highs, key=by_amount).amount:
            raise Unknown  # nothing is lower than free; above that, an ordinary duty that is not known could be
        return [min(lows, key=by_amount), min(highs, key=by_amount)]

    def alternatives(self, rows):
        """Of rows of one type those nearest to origin, code and papers; where all are for a part of the goods, more."""
        found = []
        for named in (True, False):
            held = [row for row in rows if row["areas_named"] == named]
            held = [row for row in held if row["code"] == held[0]["code"]]
            held = [row for row in held if row["additional"] and row["additional"] == self.additional] or held
            shown = {row["additional"] for row in held if row["certificate"] in self.certificates}
            found += [row for row in held if (row["certificate"] in self.certificates if row["additional"] in shown
                                              else not row["certificate"])] or held
            if not all(row["partial"] for row in found):
                break
        return found

    def on_top(self, line, granted, choices):
        """Each choice with each combination of duties by programme on top, as TABLES.md tells "Additional duties"."""
        tariff, day, above = self.basket.tariff, self.basket.day, {line[:digits] for digits in range(2, len(line) + 1)}
        found = [(choice, {}) for choice in choices]  # and by programme how much value it is charged on: None for all
        for programme in tariff.programmes:
            rows = [row for row in programme["rows"] if within(day, row)
                    and (row["all"] or above & row["codes"] and not above & row["without"])
                    and any(tariff.belongs(self.origin, area, day) for area in row["areas"])]
            if rows and not programme["freed_by"] & granted:
                found = [longer for one in found for longer in self.with_programme(programme, rows, *one)]
        return [choice for choice, _ in found]

    def ranked(self, rows):
        """The rows of one programme that can hold, and last None, where it may be that none does."""
        named = [row for row in rows if row["heading"] in self.named or row["certificate"] in self.named]
        rows = [row for row in named if row["certificate"]] or [row for row in rows if not row["certificate"]]
        widths, left = [self.basket.tariff.width(row["areas"], self.basket.day) for row in rows], []
        for everything in (False, True):
            rank = [(width, row) for width, row in zip(widths, rows) if row["all"] == everything]
            rank = [row for width, row in rank if width == min(width for width, _ in rank)]
            if any(row in named for row in rank):
                return [row for row in rank if row in named]
            left += rank
            if not all(row["goods"] for row in left):
                return left
        return [*left, None] if any(row["expression"] for row in left) else [None]

    def with_programme(self, programme, rows, choice, charged):
        """A choice with each of a programme's alternatives, on what those that displace it leave of the value."""
        taken = [charged[other] for other in programme["displaced_by"] if other in charged]
        left = 0 if None in taken else self.base - sum(taken)
        for row in self.ranked(rows) if left > 0 else [None]:
            if row is None or row["expression"] == "0 %":
                yield choice, charged
                continue
            expression = Expression.parse(row["expression"])
            amount = expression.amount(self, left, choice[0].amount * left / self.base)
            duty = Duty("additional-duty", amount, programme["id"], row["heading"])
            yield [*choice, duty], charged | {programme["id"]: expression.value_of_parts(self)}
