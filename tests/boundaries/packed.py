"""Rates of a tax by code that stand in a table of the tariff: one entry for each rate, in the order of the packs, so that facts are named alike."""
import tomllib

from tables import table


def as_packed(rules, data):
    """Puts the entries that the twin took from a table, one for each code, together by their rates."""
    written = tomllib.loads((data / "rules" / f"{rules['territory']}.toml").read_text(encoding="utf-8"))
    for tax, as_written in zip(rules.get("tax", ()), written.get("tax", ())):
        if not (by_table := as_written.get("by-table")):
            continue
        rows = table(data / "tables" / rules["tariff"] / "taxes.csv")
        rates = {row["code"]: row["rate"] for row in rows if row["tax"] == by_table["tax"]}
        own, groups = len(as_written.get("by-code", ())), {}
        for entry in tax["by-code"][own:]:
            for code in entry["codes"]:
                groups.setdefault(rates.get(code, ""), entry | {"codes": []})["codes"].append(code)
        tax["by-code"] = tax["by-code"][:own] + [groups[rate] for rate in sorted(groups)]
