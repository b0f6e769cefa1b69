"""The facts of a territory's rules that a boundary case is for: limits, days and rates, and the small changes of each.

The same facts under the same names as tests/mutations.rs, which asks whether a change of one is noticed.
"""
import copy
import datetime
import re
from collections import Counter
from fractions import Fraction

from tables import money
from twin import DECIMALS

# Money that decides or is charged.
MONEY = {"above", "at-least", "at-most", "below", "up-to", "less", "amount", "min", "max", "allowance", "no-proof-up-to"}
SIDES = {"at-most": "below", "below": "at-most", "above": "at-least", "at-least": "above"}
# Words that could be mistaken for one another; a flag is turned over.
WORDS = {
    "buyer": {"consumer": "business", "business": "consumer"},
    "basis": {"CIF": "FOB", "FOB": "CIF"},
    "at": {"checkout": "delivery", "delivery": "checkout", "return": "delivery"},
    "applies": {"always": "sometimes", "sometimes": "always"},
    "mode": {"down": "up", "up": "down", "half-up": "down", "half-even": "half-up"},
    "duty": {"tariff": "relieved", "relieved": "tariff"},
    "tax": {"charged": "relieved", "relieved": "charged"},
    "per": {"consignment": "line", "tariff-item": "consignment", "line": "consignment"},
    "how": {"seller": "claim", "claim": "drawback", "drawback": "claim", "return": "no", "no": "claim"},
    "gift": {True: False, False: True},
    "claims-preference": {True: False, False: True},
    "trusted-trader": {True: False, False: True},
    "adds-up-same-day": {True: False},
    "gross-up": {True: False},
    "direct-transport": {True: False},
    "origin-test": {"product-specific-rule": "free-circulation", "free-circulation": "product-specific-rule"},
}
COUNTS = {"within-days", "digits", "of", "over", "release-category"}
DAY = datetime.timedelta(days=1)


class Fact:
    """A value of the rules by its path; `changes` are other values or keys that it could have by mistake."""

    def __init__(self, rules, path, kind, changes):
        self.path, self.kind, self.changes = path, kind, changes
        self.value = at(rules, path)
        self.section, self.owner = path[0], at(rules, path[:2])
        self.name = None

    def changed(self, rules):
        """The rules with each change of this fact, one after the other."""
        for change in self.changes:
            yield replaced(rules, self.path, change)


def replaced(rules, path, change):
    """The rules with another value, or another key, at the end of a path; what lies beside the path is shared."""
    key, copied = path[0], copy.copy(rules)
    if len(path) > 1:
        copied[key] = replaced(rules[key], path[1:], change)
    elif isinstance(change, tuple):
        copied[change[0]] = copied.pop(key)
    else:
        copied[key] = change
    return copied


def at(rules, path):
    for part in path:
        rules = rules[part]
    return rules


def facts_of(rules):
    """Every fact, each by a name of its own: the ids of the rules on its path, and a number where that is not enough."""
    seen = Counter()
    for path, text in texts(rules, ()):
        found = fact_at(rules, path, text)
        if found:
            name = named(rules, path)
            seen[name] += 1
            found.name = name if seen[name] == 1 else f"{name} ({seen[name]})"
            yield found


def texts(value, path):
    if isinstance(value, dict):
        for key, field in value.items():
            if key != "law":
                yield from texts(field, (*path, key))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from texts(item, (*path, place))
    elif path:
        yield path, value


def fact_at(rules, path, text):
    keys = [part for part in path if isinstance(part, str)]
    if isinstance(text, int) and not isinstance(text, bool):
        return Fact(rules, path, "count", [text + 1, text - 1]) if keys[-1] in COUNTS else None
    if text in WORDS.get(keys[-1], {}):
        return Fact(rules, path, "word", [WORDS[keys[-1]][text]])
    if keys[0] == "rounding" and keys[-1] == "unit":
        return Fact(rules, path, "word", [str(Fraction(text) * 10)])
    if not isinstance(text, str):
        return None
    if keys[-1] in MONEY and re.fullmatch(r"[\d.]+ [A-Z]{3}", text):
        amount, currency = money(text)
        unit = unit_of(currency)
        changes = [f"{number(amount + unit, currency)} {currency}", f"{number(amount - unit, currency)} {currency}"]
        if keys[-1] in SIDES and "when" in keys:
            changes.append((SIDES[keys[-1]],))
        return Fact(rules, path, "money", changes)
    if keys[-1] in ("from", "to") and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        day = datetime.date.fromisoformat(text)
        return Fact(rules, path, "day", [(day + DAY).isoformat(), (day - DAY).isoformat()])
    if re.fullmatch(r"[\d.]+ %", text):
        return Fact(rules, path, "rate", [f"{float(Fraction(text[:-2]) + Fraction(1, 10)):g} %"])
    if keys[-1] == "duty" and text[0].isdigit():
        return Fact(rules, path, "rate", list(expressions(text)))
    return None


def expressions(text):
    """A duty expression with each of its numbers a tenth of a per cent or a minor unit more."""
    words = text.split(" ")
    for at, word in enumerate(words[:-1]):
        if word[0].isdigit():
            more = Fraction(1, 10) if words[at + 1] == "%" else unit_of(words[at + 1][:3])
            yield " ".join([*words[:at], f"{float(Fraction(word) + more):g}", *words[at + 1:]])


def named(rules, path):
    names = []
    for part in path:
        rules = rules[part]
        keys = ("id", "code", "area", *(["at"] if "scope" in rules else [])) if isinstance(rules, dict) else ()
        own = next((rules[key] for key in keys if isinstance(rules.get(key), str)), None)
        names.append(own or str(part))
    return "/".join(names)


def unit_of(currency):
    return Fraction(1, 10 ** DECIMALS.get(currency, 2))


def number(amount, currency):
    """An amount of whole minor units as it is written."""
    decimals = DECIMALS.get(currency, 2)
    units = int(amount / unit_of(currency))
    digits = f"{abs(units):0{decimals + 1}d}"
    sign = "-" if units < 0 else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else sign + digits
