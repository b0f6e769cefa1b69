//! The publisher's measure types, and which of ours they are.

use dutiable::tariff::MeasureType;

/// What becomes of the rows of one of the publisher's types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// They are measures of ours.
    Kept {
        /// Our type.
        measure_type: MeasureType,
        /// Particulars of the whole type.
        flags: &'static [&'static str],
        /// How the names of their series begin.
        stem: &'static str,
    },
    /// They are not carried, and why.
    LeftOut(&'static str),
}

/// The fate of a type by its code; `None` for a type the publisher did not have when this was written.
pub(super) fn fate(code: &str) -> Option<Fate> {
    use MeasureType as T;
    const NONE: &[&str] = &[];
    const USE: &[&str] = &["end-use"];
    const VESSELS: &[&str] = &["end-use", "vessels"];
    const AIR: &[&str] = &["airworthiness"];
    const NOT_YET: &[&str] = &["provisional"];
    let kept = |measure_type, flags, stem| Fate::Kept {
        measure_type,
        flags,
        stem,
    };
    Some(match code {
        "103" => kept(T::ThirdCountryDuty, NONE, "mfn"),
        "105" => kept(T::ThirdCountryDuty, USE, "mfn-use"),
        "106" => kept(T::CustomsUnionDuty, NONE, "cu"),
        "107" => kept(T::LowValueDuty, NONE, "low-value"),
        "112" => kept(T::Suspension, NONE, "susp"),
        "115" => kept(T::Suspension, USE, "susp-use"),
        // Goods for ships and platforms.
        "117" => kept(T::Suspension, VESSELS, "susp-vessels"),
        "119" => kept(T::Suspension, AIR, "susp-air"),
        "122" => kept(T::Quota, NONE, "quota"),
        "123" => kept(T::Quota, USE, "quota-use"),
        "141" => kept(T::Suspension, NONE, "susp-pref"),
        "142" => kept(T::Preference, NONE, "pref"),
        "143" => kept(T::PreferentialQuota, NONE, "prefq"),
        "145" => kept(T::Preference, USE, "pref-use"),
        "146" => kept(T::PreferentialQuota, USE, "prefq-use"),
        "147" => kept(T::PreferentialQuota, NONE, "cuq"),
        "551" => kept(T::AntiDumpingDuty, NOT_YET, "adp"),
        "552" => kept(T::AntiDumpingDuty, NONE, "ad"),
        "554" => kept(T::CountervailingDuty, NONE, "cvd"),
        // Collection is pending: secured, not yet definitive.
        "555" => kept(T::AntiDumpingDuty, NOT_YET, "ad-pending"),
        "652" => kept(T::AdditionalDuty, NONE, "cif"),
        "654" => kept(T::AdditionalDuty, NONE, "cif-quota"),
        "695" => kept(T::AdditionalDuty, NONE, "add"),
        "696" => kept(T::AdditionalDuty, NONE, "safeguard"),
        "109" => {
            Fate::LeftOut("says that a supplementary unit is needed, not which: lines.csv has it")
        }
        "110" => Fate::LeftOut("a unit for quotas and controls; the file does not say which"),
        "488" => Fate::LeftOut("unit price for simplified valuation: no duty, and good for days"),
        "489" => Fate::LeftOut("representative price: no duty, and good for days"),
        "490" => Fate::LeftOut("standard import value: no duty, and good for days"),
        "651" | "653" => Fate::LeftOut("a security on the representative price: no duty"),
        "AJA" | "AAF" | "ARA" | "AAV" => {
            Fate::LeftOut("national tax of Hungary, whose customs authority compiled the file")
        }
        _ => return None,
    })
}
