//! The publishers' units of measurement, in the words of `units.csv`.

use crate::tables::Unit;

/// What an amount is for: a measurement unit code of the duty texts.
pub(super) fn per(code: &str) -> Option<&'static str> {
    Some(match code {
        "ASV" => "vol-hl",
        "DAP" => "10 t-polarised",
        "DTN" => "100 kg",
        "HLT" => "hl",
        "HMT" => "100 m",
        "KGM" => "kg",
        "MIL" => "thousand",
        "MTK" => "m2",
        "MTQ" => "m3",
        "NAR" => "item",
        "NPR" => "pair",
        "TNE" => "t",
        _ => return None,
    })
}

/// A supplementary unit, by its abbreviation in the list of the Combined Nomenclature; empty where none is needed.
pub(super) fn supplementary(abbreviation: &str) -> Option<&'static str> {
    Some(match abbreviation {
        "" | "-" => "",
        "p/st" => "item",
        "100 p/st" => "hundred",
        "1 000 p/st" => "thousand",
        "pa" => "pair",
        "m" => "m",
        "m2" => "m2",
        "m3" => "m3",
        "1 000 m³" => "thousand-m3",
        "l" => "l",
        "l alc. 100 %" => "l-alcohol",
        "g" => "g",
        "c/k" => "carat",
        "TJ" => "tj",
        "1 000 kWh" => "mwh",
        "ce/el" => "cell",
        "ct/l" => "t-capacity",
        "gi F/S" => "g-fissile",
        "kg 90 % sdt" => "kg-dry-90",
        "kg/net eda" => "kg-drained",
        "kg H2O2" => "kg-hydrogen-peroxide",
        "kg K2O" => "kg-potassium-oxide",
        "kg KOH" => "kg-potassium-hydroxide",
        "kg N" => "kg-nitrogen",
        "kg NaOH" => "kg-sodium-hydroxide",
        "kg P2O5" => "kg-phosphorus-pentoxide",
        "kg U" => "kg-uranium",
        "kg met.am." => "kg-methylamines",
        _ => return None,
    })
}

/// The units of this tariff, for the shared table.
pub(super) fn rows() -> Vec<Unit> {
    const ROWS: [(&str, &str, &str, &str); 24] = [
        ("carat", "kg", "0.0002", "metric carat"),
        ("cell", "cell", "1", "number of cells"),
        ("g", "kg", "0.001", "gram"),
        ("g-fissile", "g-fissile", "1", "gram of fissile isotopes"),
        ("hl", "l", "100", "hectolitre"),
        ("hundred", "item", "100", "hundred items"),
        (
            "kg-dry-90",
            "kg-dry-90",
            "1",
            "kilogram of substance 90 % dry",
        ),
        (
            "kg-hydrogen-peroxide",
            "kg-hydrogen-peroxide",
            "1",
            "kilogram of hydrogen peroxide",
        ),
        (
            "kg-potassium-oxide",
            "kg-potassium-oxide",
            "1",
            "kilogram of potassium oxide",
        ),
        (
            "kg-potassium-hydroxide",
            "kg-potassium-hydroxide",
            "1",
            "kilogram of potassium hydroxide",
        ),
        (
            "kg-methylamines",
            "kg-methylamines",
            "1",
            "kilogram of methylamines",
        ),
        ("kg-nitrogen", "kg-nitrogen", "1", "kilogram of nitrogen"),
        (
            "kg-sodium-hydroxide",
            "kg-sodium-hydroxide",
            "1",
            "kilogram of sodium hydroxide content",
        ),
        (
            "kg-phosphorus-pentoxide",
            "kg-phosphorus-pentoxide",
            "1",
            "kilogram of phosphorus pentoxide",
        ),
        ("kg-uranium", "kg-uranium", "1", "kilogram of uranium"),
        ("l-alcohol", "l-alcohol", "1", "litre of pure alcohol"),
        ("mwh", "mwh", "1", "megawatt hour"),
        ("t", "kg", "1000", "tonne"),
        (
            "t-capacity",
            "t-capacity",
            "1",
            "tonne of carrying capacity",
        ),
        (
            "t-polarised",
            "t-polarised",
            "1",
            "tonne of sugar, corrected by polarisation",
        ),
        ("thousand", "item", "1000", "thousand items"),
        ("thousand-m3", "m3", "1000", "thousand cubic metres"),
        ("tj", "tj", "1", "terajoule (gross calorific value)"),
        // One per cent by volume of a hectolitre is a litre.
        (
            "vol-hl",
            "l-alcohol",
            "1",
            "hectolitre and per cent of alcohol by volume",
        ),
    ];
    ROWS.into_iter()
        .map(|(unit, base, factor, title)| Unit {
            unit: unit.into(),
            base: base.into(),
            factor: factor.into(),
            title: title.into(),
        })
        .collect()
}
