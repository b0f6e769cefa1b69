"""Random baskets over every place that has rules, the same for the same seed.

Thresholds are hit on purpose, a minor unit below, at and above; days lie at the edges of what is valid; codes and origins are taken
from the tables' own measures as often as from the lines, so that preferences and remedies are met; where a tariff has duties by programme,
from their headings, on a day of one of them, with the claims they wait for and the values of metal they are charged on.
"""
import datetime
import random
import re
from fractions import Fraction

from tables import money
from twin import DECIMALS

ORIGINS = "CN VN US JP KR IN GB DE IT FR TR MX CA AU BR TH ID BD CH TW RU BY KH PK ZA MA EG IL NO UA CL PE NG ET KE AE SG MY PH".split()
CURRENCIES = ["USD", "EUR", "GBP", "JPY", "CNY", "CHF", "KRW"]
# No two that measure the same: which of two contradictory quantities holds, nobody says.
UNITS = ["pair", "item", "l", "m2", "m", "m3", "kg-drained", "l-alcohol", "jewel", "kg-lead", "kg-sugars",
         "set", "kg-clean", "kg-copper", "w", "mwh"]
PARTS = ["value:case", "value:strap", "value:battery", "value:movement"]
METALS = ["value:steel", "value:aluminium", "value:copper"]
DAY = datetime.timedelta(days=1)


class Baskets:
    """Draws the `number`th basket by itself, so that a difference is found again by its number."""

    def __init__(self, twin, seed):
        self.twin, self.seed = twin, seed
        self.codes, self.drawn, self.limits, self.days, self.currencies, self.headings, self.asked = ({} for _ in range(7))
        for place, (rules, _) in twin.places.items():
            if rules["territory"] in self.codes:
                continue
            name = rules["territory"]
            tariff = twin.tariff(rules.get("tariff"))
            self.codes[name] = (tariff.lines if tariff else []) + (twin.subheadings if not tariff or "unlisted" in rules else [])
            # Every measure that is not a plain third-country rate, and a tenth of those.
            self.drawn[name] = [row for rows in tariff.rows.values() for row in rows] if tariff else []
            self.headings[name] = [row for programme in (tariff.programmes if tariff else []) for row in programme["rows"]]
            self.limits[name] = sorted(set(limits_of(rules)))
            self.days[name] = edges_of(rules, tariff)
            rates = " ".join({row["expression"] for row in self.drawn[name]})
            regions = {region for place in rules["place"] for region in place.get("regions", ())} | set(rules.get("regions", ()))
            self.asked[name] = registrations(rules), registrations(rules, "buyer-"), sorted(regions)
            self.currencies[name] = sorted({*currencies_of(rules), *re.findall(r"([A-Z]{3})/", rates)})

    def draw(self, number):
        chance = random.Random(f"{self.seed}/{number}")
        places = sorted(self.twin.places)
        if chance.random() < 0.5:  # a territory of one place as often as one of twenty-seven
            name = chance.choice(sorted(self.codes))
            places = [place for place in places if self.twin.places[place][0]["territory"] == name]
        place = chance.choice(places)
        rules, about = self.twin.places[place]
        name = rules["territory"]
        of_seller, of_buyer, regions = self.asked[name]
        heading = chance.choice(self.headings[name]) if self.headings[name] else None
        request = {"date": self.day(chance, name, heading), "destination": place, "currency": chance.choice([about["currency"], *CURRENCIES])}
        request["shipFrom"] = chance.choice([None, *ORIGINS])
        request["items"] = [self.item(chance, name, str(at), heading) for at in range(chance.choice([1, 1, 1, 2, 2, 3, 5]))]
        request["transport"] = chance.choice([None, "post", "express", "air", "sea", "road", "rail"])
        request["incoterm"] = chance.choice([None, "DAP", "DAP", "DDP", "FOB", "CIF", "EXW", "CPT"])
        request["buyer"] = chance.choice([None, {"kind": "consumer"}, {"kind": "consumer"}, {"kind": "business"}])
        if request["buyer"] and chance.random() < 0.3:
            request["buyer"] = request["buyer"] | {"registrations": of_buyer}
        request["seller"] = {"registrations": chance.choice([[], [], ["IOSS"], of_seller]), "trustedTrader": chance.random() < 0.2}
        request["gift"] = chance.choice([None, False, False, True])
        request["collection"] = chance.choice([None, "auto"])
        if chance.random() < 0.1:
            request["collection"] = chance.choice(["vendor", "intermediary", "buyer", "border"])
        if regions:
            request["region"] = chance.choice([None, *regions])
        request["exchangeRates"] = self.rates(chance, request["currency"], about["currency"], name, request["date"])
        decimals = DECIMALS.get(request["currency"], 2)
        for part, most in (("freight", 4000), ("insurance", 500), ("discount", 300)):
            if chance.random() < 0.5:
                request[part] = text(chance.randrange(most * (10**decimals if part != "discount" else 1)), decimals)
        if chance.random() < 0.4 and self.limits[name]:
            self.aim(chance, request, about["currency"], chance.choice(self.limits[name]), name)
        self.bound_discount(request)
        if chance.random() < 0.2:
            request["sameDayValue"] = text(chance.randrange(30000), decimals)
        return request

    def day(self, chance, name, heading):
        if chance.random() < 0.3:
            return chance.choice(self.days[name])
        first, last = datetime.date(2026, 7, 24), datetime.date(2026, 10, 30)
        if heading:
            first, last = (datetime.date.fromisoformat(day) for day in (heading["from"], min(heading["to"] or "2026-12-31", "2026-12-31")))
        return (first + DAY * chance.randrange((last - first).days + 1)).isoformat()

    def item(self, chance, name, at, heading):
        code, origin = chance.choice(self.codes[name]), chance.choice(ORIGINS)
        given = {"id": at}
        if heading and chance.random() < 0.7:
            code, origin = self.under_heading(chance, name, given, (code, origin), chance.choice([heading, chance.choice(self.headings[name])]))
        elif self.drawn[name] and chance.random() < 0.5:
            row = chance.choice(self.drawn[name])
            tariff = self.twin.tariff(self.twin_name(name))
            beneath = tariff.declarable(row["code"])
            if beneath:
                code = chance.choice(beneath)
                origin = self.of_area(chance, tariff, chance.choice(tariff.series[row["series"]]["areas"]), origin)
                if row["additional"] and chance.random() < 0.5:
                    given["additionalCode"] = row["additional"]
                if row["certificate"] and chance.random() < 0.5:
                    given["certificates"] = [row["certificate"]]
        given["code"] = code[: chance.choice([6, 6, 8, 12, 12])]
        given["origin"] = None if chance.random() < 0.03 else origin
        given["quantity"] = chance.choice(["1", "1", "2", "5", "12", "100", "0.5", "3.333"])
        given["unitPrice"] = text(chance.randrange(1, 10 ** chance.choice([3, 4, 5, 6])), 2)
        if chance.random() < 0.6:
            given["netWeightKg"] = text(chance.randrange(1, 20000), 3)
        if chance.random() < 0.5:
            given["supplementary"] = [{"unit": unit, "quantity": text(chance.randrange(1, 5000), 2)} for unit in chance.sample(UNITS, 6)]
        if "metal" in given:
            given["supplementary"] = given.get("supplementary", []) + given.pop("metal")
        if chance.random() < 0.2:
            parts = [{"unit": part, "quantity": text(chance.randrange(1, 5000), 2)} for part in PARTS]
            given["supplementary"] = given.get("supplementary", []) + parts
        if chance.random() < 0.4:
            given["claimPreference"] = True
        if chance.random() < 0.05:
            given["dutyRate"] = chance.choice(["0", "5", "12.5", "3.75"])
        return given

    @staticmethod
    def of_area(chance, tariff, area, otherwise):
        members = [member["member"] for member in tariff.members.get(area, ())]
        return chance.choice(members) if members else area if len(area) == 2 and area.isalpha() else otherwise

    def under_heading(self, chance, name, given, otherwise, row):
        """Goods that a heading of a programme is on, perhaps named, claimed, or with the value of the metal in them."""
        tariff, (code, origin) = self.twin.tariff(self.twin_name(name)), otherwise
        if not row["all"]:
            code = chance.choice(tariff.declarable(chance.choice(sorted(row["codes"]))) or [code])
        if chance.random() < 0.3:
            given["additionalCode"] = row["heading"]
        if row["certificate"] and chance.random() < 0.7:
            given["certificates"] = [row["certificate"]]
        if chance.random() < 0.7:
            given["metal"] = [{"unit": unit, "quantity": text(chance.randrange(chance.choice([1, 5000, 500000])), 2)} for unit in METALS]
        return code, self.of_area(chance, tariff, chance.choice(row["areas"]), origin)

    def twin_name(self, name):
        return next(rules.get("tariff") for rules, _ in self.twin.places.values() if rules["territory"] == name)

    def rates(self, chance, currency, home, name, day):
        if chance.random() < 0.25 and {currency, home, *self.currencies[name]} - {"EUR"} <= set(self.twin.euro) and day < "2026-11-05":
            return None
        rates = {}
        for other in sorted({currency, *self.currencies[name]} - {home}):
            rate = text(chance.randrange(1000, 99999), chance.choice([2, 3, 4]))
            pair = f"{other}/{home}" if chance.random() < 0.8 else f"{home}/{other}"
            rates[pair] = rate
        return dict(sorted(rates.items()))

    def aim(self, chance, request, home, limit, name):
        """One item whose price brings the goods to the limit, or a minor unit beside it."""
        amount, currency = money(limit)
        if currency != home:
            others = self.currencies[name]
            rate = chance.choice(["25", "4.7123", "0.86", "11.0375"])
            request["exchangeRates"] = {f"{other}/{home}": rate for other in others if other != home}
            amount *= Fraction(request["exchangeRates"][f"{currency}/{home}"])
        request["currency"] = home
        decimals = DECIMALS.get(home, 2)
        request["items"] = request["items"][:1] if chance.random() < 0.7 else request["items"][:2]
        for item in request["items"][:-1]:
            item["unitPrice"], item["quantity"] = "1", "1"
            amount -= 1
        request["items"][-1]["quantity"] = "1"
        cents = round(amount * 10**decimals) + chance.choice([-1, 0, 1])
        for part in ("freight", "insurance", "discount"):
            request.pop(part, None)
        if chance.random() < 0.3:
            cents -= 100
            request["freight"] = text(100, decimals)
        if cents > 0:
            request["items"][-1]["unitPrice"] = text(cents, decimals)

    @staticmethod
    def bound_discount(request):
        goods = sum(Fraction(item["unitPrice"]) * Fraction(item["quantity"]) for item in request["items"])
        if Fraction(request.get("discount") or 0) * 2 > goods:
            del request["discount"]


def text(units, decimals):
    digits = f"{units:0{decimals + 1}d}"
    return f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits


def registrations(rules, of=""):
    """All registrations that the rules ask of the seller, or of the buyer."""
    words = {f"{of}registered", f"not-{of}registered"} | ({"needs-registration"} if not of else set())
    return sorted({value for key, value in walk(rules) if key in words})


def walk(rules):
    if isinstance(rules, dict):
        for key, value in rules.items():
            yield key, value
            yield from walk(value)
    elif isinstance(rules, list):
        for value in rules:
            yield None, value
            yield from walk(value)


def limits_of(rules):
    sides = {"above", "at-least", "at-most", "below", "up-to", "allowance"}
    return [value for key, value in walk(rules) if key in sides and isinstance(value, str) and len(value.split()) == 2]


def currencies_of(rules):
    for key, value in walk(rules):
        if isinstance(value, str) and len(value.split()) == 2:
            currency = value.split()[1]
            if len(currency) == 3 and currency.isupper() and value[0].isdigit():
                yield currency


def edges_of(rules, tariff):
    """The first and the last day of every rule, and the days beside them."""
    days = set()
    for key, value in walk(rules):
        if key in ("from", "to") and isinstance(value, str):
            day = datetime.date.fromisoformat(value)
            days |= {day - DAY, day, day + DAY}
    for row in (row for programme in (tariff.programmes if tariff else []) for row in programme["rows"]):
        for day in (datetime.date.fromisoformat(row[end]) for end in ("from", "to") if row[end]):
            days |= {day - DAY, day, day + DAY}
    covers = tariff.covers if tariff else {}
    first = datetime.date.fromisoformat(covers.get("from") or "2026-01-01") - DAY
    last = datetime.date.fromisoformat(covers.get("to") or "2029-12-30") + DAY
    return [day.isoformat() for day in sorted(days | {first, first + DAY, last - DAY, last}) if first <= day <= last]
