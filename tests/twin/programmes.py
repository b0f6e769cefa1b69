"""Duties on top by programme, step by step as TABLES.md tells under "Additional duties"."""
from fractions import Fraction
from typing import NamedTuple

from tables import Expression, within

ON_TOP = "additional-duty"


class Duty(NamedTuple):
    """One duty on an item; a programme's has the heading that charges it."""
    measure: str
    amount: Fraction | None
    programme: str | None = None
    heading: str | None = None


def on_top(tariff, item, line, granted, value):
    """For one ordinary duty the function that gives each combination of duties on top of it; None where one is not known."""
    stack = []
    for programme in tariff.programmes:
        rows = [row for row in programme["rows"] if holds(tariff, row, item.origin, item.basket.day) and reaches(row, line)]
        if rows and not programme["freed_by"] & granted:
            stack.append((programme, alternatives(tariff, rows, item)))

    def combinations(ordinary):
        found = [([], {})]  # the duties, and by programme what of the value each is charged on: None for the whole
        for programme, rows in stack:
            longer = []
            for duties, charged in found:
                left = left_to(programme, charged, value)
                for row in rows if left > 0 else [None]:
                    if row is None or row["expression"] == "0 %":
                        longer.append((duties, charged))
                        continue
                    expression = Expression.parse(row["expression"]) if row["expression"] else None
                    amount = expression and expression.amount(item, left, ordinary * left / value)
                    if amount is None:
                        return None
                    duty = Duty(ON_TOP, amount, programme["id"], row["heading"])
                    longer.append((duties + [duty], charged | {programme["id"]: expression.value_of_parts(item)}))
            found = longer
        return [duties for duties, _ in found]

    return combinations


def holds(tariff, row, origin, day):
    return within(day, row) and any(tariff.belongs(origin, area, day) for area in row["areas"])


def reaches(row, line):
    above = {line[:length] for length in range(2, len(line) + 1)}
    return row["all"] or not above.isdisjoint(row["codes"]) and above.isdisjoint(row["without"])


def alternatives(tariff, rows, item):
    """The rows of one programme that can hold, and last None, where it may be that none does."""
    named = [row for row in rows if row["heading"] in item.named or row["certificate"] in item.named]
    rows = [row for row in named if row["certificate"]] or [row for row in rows if not row["certificate"]]
    left = []
    for everything in (False, True):
        rank = [row for row in rows if row["all"] == everything]
        widths = [tariff.width(row["areas"], item.basket.day) for row in rank]
        rank = [row for row, width in zip(rank, widths) if width == min(widths)]
        if any(row in named for row in rank):
            return [row for row in rank if row in named]
        left += rank
        if not all(row["goods"] for row in left):
            return left
    return [*left, None] if any(row["expression"] for row in left) else [None]


def left_to(programme, charged, value):
    """What the programmes that displace this one leave of the value."""
    for displacing in charged.keys() & programme["displaced_by"]:
        value = 0 if charged[displacing] is None else value - charged[displacing]
    return value
