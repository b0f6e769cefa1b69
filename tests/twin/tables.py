"""The tables of tariff-data/tables, as TABLES.md describes them: duty expressions, and which measures hold on a line."""
import csv
import datetime
import re
import tomllib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from fractions import Fraction
from functools import lru_cache
from math import inf
from pathlib import Path


class Unknown(Exception):
    """A fact that neither the tables nor the request tell."""


def known(fact):
    if fact is None:
        raise Unknown
    return fact


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def money(text):
    """`"135 GBP"` → (135, "GBP")."""
    number, currency = text.split()
    return Fraction(number), currency


def percent(text):
    return Fraction(text.removesuffix("%").strip()) / 100


def under(code, codes):
    return any(code.startswith(prefix) for prefix in codes)


def rounded(value, unit, mode):
    """`value` in whole `unit`s."""
    exact = Fraction(value) / unit
    units, rest = divmod(exact.numerator, exact.denominator)
    twice = 2 * rest - exact.denominator
    up = {"down": False, "up": rest > 0, "half-up": twice >= 0, "half-even": twice > 0 or twice == 0 and units % 2 == 1}[mode]
    return (units + up) * unit


def seven_digits(rate):
    """A rate in seven significant digits, as a published rate is written."""
    unit = Fraction(1, 10**20)
    while rate >= unit * 10**7:
        unit *= 10
    return rounded(rate, unit, "half-up")


def within(day, period):
    return (not period.get("from") or period["from"] <= day) and (not period.get("to") or day <= period["to"])


class Expression:
    """sum { MIN sum } { MAX sum }, as TABLES.md writes it."""

    @staticmethod
    @lru_cache(maxsize=None)
    def parse(text):
        return Expression(known(text or None))

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
        return ("ordinary",) if text == "ORD" else ("component", text)

    def amount(self, item, value, ordinary=None):
        """The duty on so much customs value beside an ordinary duty; Unknown where a term lacks what it is charged on."""
        amount = self.total(self.sum, item, value, ordinary)
        for bound, terms in self.bounds:
            amount = (max if bound == "MIN" else min)(amount, self.total(terms, item, value, ordinary))
        return max(amount, Fraction(0))

    def value_of_parts(self, item):
        """The value of the parts of the goods that it is all charged on; None where it is charged on the whole."""
        terms = [term for terms in (self.sum, *(terms for _, terms in self.bounds)) for _, term in terms]
        return sum(item.part(of[1]) for _, *of in terms) if all(kind == "part" for kind, *_ in terms) else None

    @staticmethod
    def total(terms, item, value, ordinary):
        total = Fraction(0)
        for sign, (kind, *of) in terms:
            if kind == "value":
                part = value * of[0]
            elif kind == "unit":
                part = item.quantity_in(of[2]) * of[0] * item.basket.rate(of[1])
            elif kind == "each":
                part = item.quantity * of[0] * item.basket.rate(of[1])
            elif kind == "part":
                part = item.part(of[1]) * of[0]
            else:
                part = known(ordinary if kind == "ordinary" else None)
            total += sign * part
        return total


class Tariff:
    """One folder of tables."""

    def __init__(self, folder):
        about = tomllib.loads((folder / "tariff.toml").read_text(encoding="utf-8"))
        self.covers = {end: str(about["covers-" + end]) for end in ("from", "to") if "covers-" + end in about}
        self.lines = sorted(row["code"] for row in table(folder / "lines.csv") if row["declarable"])
        self.series = {row["series"]: row | {"areas": row["areas"].split(";"), "flags": set(row["flags"].split(";")) - {""}}
                       for row in table(folder / "series.csv")}
        self.rows = defaultdict(list)
        for row in table(folder / "measures.csv"):
            self.rows[row["code"]].append(row)
        self.members = defaultdict(list)
        for row in table(folder / "areas.csv"):
            self.members[row["area"]].append(row)
        # Of a programme without rates, or known from a report only, silence is no refusal.
        self.without_rates = set(self.members) - {area for series in self.series.values() if series["confidence"] != "reported"
                                                  for area in series["areas"]}
        self.programmes = self.with_headings(folder) if (folder / "programmes.csv").exists() else []
        self.without_rates -= {area for programme in self.programmes for row in programme["rows"] for area in row["areas"]}

    def with_headings(self, folder):
        """The programmes in the order of the stack, each with its rows, their lists written out."""
        lists = defaultdict(list)
        for row in table(folder / "heading_codes.csv"):
            lists["list:" + row["list"]].append(row["code"])
        declarable, headings = set(self.lines), defaultdict(list)
        for row in table(folder / "headings.csv"):
            for cell in ("codes", "without"):
                named = (code for name in row[cell].split(";") if name for code in lists[name] or [name])
                # A list may write out the 00 that a line of eight digits lacks.
                row[cell] = {code[:-2] if code.endswith("00") and code[:-2] in declarable else code for code in named}
            headings[row["programme"]].append(row | {"areas": row["areas"].split(";"), "all": row["codes"] == {"00"}})
        return [{"id": row["programme"], "displaced_by": row["displaced_by"].split(";"), "freed_by": set(row["freed_by"].split(";")),
                 "rows": headings[row["programme"]]} for row in sorted(table(folder / "programmes.csv"), key=lambda row: int(row["order"]))]

    def width(self, areas, day):
        """How many places belong to the areas on the day; more than any where everywhere does."""
        return sum(inf if area == "all" else max(1, sum(within(day, row) for row in self.members[area])) for area in areas)

    def declarable(self, code):
        """The lines that a code can mean: those beneath it, or the one it is with `00` pairs more or less."""
        beneath = self.lines[bisect_left(self.lines, code):bisect_right(self.lines, code + "~")]
        while not beneath and code.endswith("00") and len(code) > 6:
            code = code[:-2]
            beneath = [line for line in self.lines[bisect_left(self.lines, code):][:1] if line == code]
        return beneath

    @lru_cache(maxsize=None)
    def belongs(self, origin, area, day):
        if area == "all" or area == origin and not self.members[area]:
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
                    if all(in_season(day[5:], part) for part in row["condition"].split(";")):
                        found[series["type"]].append(row | {"of": series, "areas_named": "all" not in series["areas"],
                                                            "partial": any(part.startswith("goods ") for part in row["condition"].split(";"))})
        return dict(found)


def in_season(today, condition):
    """Whether the day lies in the season; any other condition is no season."""
    if not (season := re.fullmatch(r"(\d\d-\d\d)\.\.(\d\d-\d\d)", condition)):
        return True
    start, end = season.groups()
    return start <= today <= end if start <= end else today >= start or today <= end


# A published rate that is older is none for the day.
OLDEST_RATE = 10


class Checkout:
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
            rules = self.with_rates(dated(tomllib.loads(file.read_text(encoding="utf-8"))))
            for place in rules["place"]:
                self.places[place["code"]] = rules, place

    def with_rates(self, rules):
        """The rules with the rates by code that they take from the tariff's table of taxes."""
        for tax in rules.get("tax", ()):
            if not (by := tax.pop("by-table", None)):
                continue
            rows = [row for row in table(self.data / "tables" / rules["tariff"] / "taxes.csv") if row["tax"] == by["tax"]]
            own = [code for rate in tax.get("by-code", ()) for code in rate["codes"]]
            rates = {row["code"]: row["rate"] for row in rows if not under(row["code"], own)}
            if only := by.get("only"):
                taxed = {code: rate for code, rate in rates.items() if rate != only}
                rates |= {code: "" for code in [*taxed, *{code[:4] for code in taxed} - {row["code"] for row in rows}]}
            tax["by-code"] = tax.get("by-code", []) + [
                {"codes": [code], "applies": "always", "rate": {"percent": "0 %" if rate == "NT" else rate}
                 if rate == "NT" or re.fullmatch(r"[\d.]+ %", rate) else "unknown"} for code, rate in rates.items()]
        return rules

    @lru_cache(maxsize=None)
    def tariff(self, name):
        return Tariff(self.data / "tables" / name) if name else None

    @lru_cache(maxsize=None)
    def euro_rate(self, currency, day):
        """How many of the currency a euro was on the day, or the last before it."""
        known = max((known for known in self.euro_days if known <= day), default="0001-01-01")
        if datetime.date.fromisoformat(day) - datetime.date.fromisoformat(known) > datetime.timedelta(days=OLDEST_RATE):
            return None
        return Fraction(1) if currency == "EUR" else self.euro.get(currency, {}).get(known)


def dated(rules):
    """The rules with their days as text."""
    if isinstance(rules, dict):
        return {key: dated(value) for key, value in rules.items()}
    if isinstance(rules, list):
        return [dated(value) for value in rules]
    return rules.isoformat() if isinstance(rules, datetime.date) else rules
