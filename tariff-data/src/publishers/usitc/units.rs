//! The schedule's units of quantity in our words.

use anyhow::{Result, bail};

/// The schedule's word (trimmed) and our unit.
const UNITS: &[(&str, &str)] = &[
    ("Ag g", "g-silver"),
    ("Au g", "g-gold"),
    ("Co kg", "kg-cobalt"),
    ("Cr kg", "kg-chromium"),
    ("Cr2O3 t", "t-chromic-oxide"),
    ("Cu kg", "kg-copper"),
    ("Dz Pcs", "dozen"),
    ("Fiber m", "m-fibre"),
    ("GBq", "gbq"),
    ("Ir g", "g-iridium"),
    ("Jwls.", "jewel"),
    ("MWh", "mwh"),
    ("Mg kg", "kg-magnesium"),
    ("Mn kg", "kg-manganese"),
    ("Mo kg", "kg-molybdenum"),
    ("NH3 t", "t-ammonia"),
    ("NaOH kg", "kg-sodium-hydroxide"),
    ("Ni kg", "kg-nickel"),
    ("No", "item"),
    ("No.", "item"),
    ("No. and kg", "item"),
    ("Os g", "g-osmium"),
    ("Pb kg", "kg-lead"),
    ("Pd g", "g-palladium"),
    ("Pt g", "g-platinum"),
    ("Rh g", "g-rhodium"),
    ("Ru g", "g-ruthenium"),
    ("Sb kg", "kg-antimony"),
    ("Si kg", "kg-silicon"),
    ("Sn t", "t-tin"),
    ("V kg", "kg-vanadium"),
    ("V2O5 kg", "kg-vanadium-pentoxide"),
    ("W", "w"),
    ("W kg", "kg-tungsten"),
    ("Zn kg", "kg-zinc"),
    ("bbl", "bbl"),
    ("carat", "carat"),
    ("cm2", "cm2"),
    ("cy kg", "kg-clean"),
    ("doses", "dose"),
    ("doz.", "dozen"),
    ("doz. prs.", "dozen-pairs"),
    ("g", "g"),
    ("gr.lines", "gross-line"),
    ("gross", "gross"),
    ("hundreds", "hundred"),
    ("kg", "kg"),
    ("kg amc", "kg-morphine"),
    ("kg cmsc", "kg-milk-solids"),
    ("kg msc", "kg-milk-solids"),
    ("kg ttl sug", "kg-sugars"),
    ("lin. m", "m"),
    ("liters", "l"),
    ("m", "m"),
    ("m2", "m2"),
    ("m²", "m2"),
    ("m3", "m3"),
    ("pack", "pack"),
    ("pcs", "item"),
    ("pf.liters", "l-proof"),
    ("prs.", "pair"),
    ("square", "square"),
    ("t", "t"),
];

/// Units that are a thousand others, or weighed in a way of their own.
const OTHER_UNITS: &[(&str, &str)] = &[
    ("t adw", "t-air-dry"),
    ("t dwb", "t-dry"),
    ("thousand m", "km"),
    ("thousand m3", "thousand-m3"),
    ("thousands", "thousand"),
];

/// The one unit a line carries: the first that is not the kilogram, else the kilogram, else nothing.
pub(super) fn supplementary(published: &[String]) -> Result<String> {
    let units: Vec<&str> = published
        .iter()
        .map(|word| word.trim())
        .filter(|word| !word.is_empty())
        .map(unit)
        .collect::<Result<_>>()?;
    let chosen = units.iter().find(|unit| **unit != "kg").or(units.first());
    Ok(chosen.map(|unit| (*unit).to_owned()).unwrap_or_default())
}

fn unit(word: &str) -> Result<&'static str> {
    match UNITS
        .iter()
        .chain(OTHER_UNITS)
        .find(|(published, _)| *published == word)
    {
        Some((_, ours)) => Ok(ours),
        None => bail!("unit \"{word}\" is new: add it to units.rs and units.csv"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_that_is_not_mass_is_kept() -> Result<()> {
        let of = |words: &[&str]| {
            supplementary(&words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(of(&["doz.", "kg"])?, "dozen");
        assert_eq!(of(&["kg", "Pb kg"])?, "kg-lead");
        assert_eq!(of(&["kg"])?, "kg");
        assert_eq!(of(&["", "\n"])?, "");
        assert!(of(&["furlong"]).is_err());
        Ok(())
    }
}
