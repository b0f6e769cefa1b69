//! Measures: what a tariff says of the goods under a code.

use super::area::Area;
use super::expression::DutyExpression;
use super::programme::Programme;
use crate::calendar::ValidityPeriod;
use crate::confidence::Confidence;
use crate::nomenclature::CommodityCode;
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// What kind of measure it is. The names are the columns' and the JSON's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "write", derive(Default))]
#[serde(rename_all = "kebab-case")]
pub enum MeasureType {
    /// The duty on goods that claim no preference (most-favoured-nation duty).
    #[cfg_attr(feature = "write", default)]
    ThirdCountryDuty,
    /// The duty on goods of places without normal trade relations (column 2 of the United States' schedule).
    #[serde(rename = "column-2-duty")]
    Column2Duty,
    /// The duty inside a customs union, on proof of free circulation.
    CustomsUnionDuty,
    /// The duty under a preference programme, on claim and proof of origin.
    Preference,
    /// The duty while an autonomous suspension holds.
    Suspension,
    /// The duty within a quota open to all.
    Quota,
    /// The duty within a quota of a preference programme.
    PreferentialQuota,
    /// Against dumped imports, on top.
    AntiDumpingDuty,
    /// Against subsidised imports, on top.
    CountervailingDuty,
    /// Any other duty on top.
    AdditionalDuty,
    /// A flat duty on goods in low-value consignments, in place of the others.
    LowValueDuty,
    /// The unit in which the goods must be counted; no duty.
    SupplementaryUnit,
}

stored!(
    enum MeasureType {
        ThirdCountryDuty,
        Column2Duty,
        CustomsUnionDuty,
        Preference,
        Suspension,
        Quota,
        PreferentialQuota,
        AntiDumpingDuty,
        CountervailingDuty,
        AdditionalDuty,
        LowValueDuty,
        SupplementaryUnit,
    }
);

impl MeasureType {
    /// The type as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ThirdCountryDuty => "third-country-duty",
            Self::Column2Duty => "column-2-duty",
            Self::CustomsUnionDuty => "customs-union-duty",
            Self::Preference => "preference",
            Self::Suspension => "suspension",
            Self::Quota => "quota",
            Self::PreferentialQuota => "preferential-quota",
            Self::AntiDumpingDuty => "anti-dumping-duty",
            Self::CountervailingDuty => "countervailing-duty",
            Self::AdditionalDuty => "additional-duty",
            Self::LowValueDuty => "low-value-duty",
            Self::SupplementaryUnit => "supplementary-unit",
        }
    }

    /// Whether the measure is charged on top of the ordinary duty.
    #[must_use]
    pub const fn is_remedy(self) -> bool {
        matches!(
            self,
            Self::AntiDumpingDuty | Self::CountervailingDuty | Self::AdditionalDuty
        )
    }
}

/// A particular of a measure that changes how it is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeasureFlag {
    /// Only for goods put to a prescribed use under customs supervision.
    EndUse,
    /// Only for goods put into ships, boats and drilling platforms.
    Vessels,
    /// Only for parts with an airworthiness certificate.
    Airworthiness,
    /// Provisional: secured, not yet definitive.
    Provisional,
    /// As a publication of 2022 reported it.
    #[serde(rename = "reported-2022")]
    Reported2022,
    /// Holds in a part of each year.
    Seasonal,
    /// Goods entered under the measure count towards a quota or need a licence.
    Licence,
    /// Only for substances named in the tariff's pharmaceutical appendix.
    ListedPharmaceutical,
    /// Only for substances named in the tariff's appendix of intermediate chemicals for dyes.
    ListedDyeIntermediate,
    /// The rate has no decimal form (33 1/3 per cent) and is carried to eight places.
    Rounded,
    /// A rate that was on its way down when it was reported: the most that can be due today.
    Staged,
    /// The source marks the rate with a footnote that is not at hand.
    FootnoteNotAtHand,
}

stored!(
    enum MeasureFlag {
        EndUse,
        Vessels,
        Airworthiness,
        Provisional,
        Reported2022,
        Seasonal,
        Licence,
        ListedPharmaceutical,
        ListedDyeIntermediate,
        Rounded,
        Staged,
        FootnoteNotAtHand,
    }
);

impl MeasureFlag {
    /// Whether the measure waits for a fact of the goods that a code does not tell: a use, a certificate, a name on a list.
    #[must_use]
    pub const fn is_condition(self) -> bool {
        matches!(
            self,
            Self::EndUse
                | Self::Airworthiness
                | Self::ListedPharmaceutical
                | Self::ListedDyeIntermediate
        )
    }
}

/// What many measures share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// What kind of measure.
    pub measure_type: MeasureType,
    /// The areas whose goods it is for, as positions in the pack's areas.
    pub areas: Vec<u16>,
    /// When it is in force.
    pub valid: ValidityPeriod,
    /// The legal act, as the publisher writes it.
    pub legal_base: String,
    /// The order number of a quota.
    pub order_number: String,
    /// Particulars.
    pub flags: Vec<MeasureFlag>,
    /// How sure it is.
    pub confidence: Confidence,
    /// The programme of additional duties, as a position in the pack's programmes.
    pub programme: Option<u16>,
}

stored!(struct Series { measure_type, areas, valid, legal_base, order_number, flags, confidence, programme });

impl Series {
    /// Whether the series has the particular.
    #[must_use]
    pub fn has(&self, flag: MeasureFlag) -> bool {
        self.flags.contains(&flag)
    }
}

/// On what a measure depends beyond code, origin and date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circumstance {
    /// The additional code to which it applies, for instance a producer's.
    pub additional_code: String,
    /// The document on whose presentation it applies.
    pub certificate: String,
    /// An import-price step or a season, in the words of the tables.
    pub condition: String,
}

stored!(struct Circumstance { additional_code, certificate, condition });

/// A measure, with all that belongs to it.
#[derive(Clone, Copy, Debug)]
pub struct Measure<'a> {
    /// The code it stands on: the line's own, or one above.
    pub code: CommodityCode,
    /// What it shares with others.
    pub series: &'a Series,
    /// The areas of the pack it comes from.
    pub areas: &'a [Area],
    /// The duty; `None` where the source states one that no expression says.
    pub expression: Option<&'a DutyExpression>,
    /// What it depends on, if on anything.
    pub circumstance: Option<&'a Circumstance>,
    /// The programme of additional duties it belongs to.
    pub programme: Option<&'a Programme>,
}

impl<'a> Measure<'a> {
    /// What kind of measure.
    #[must_use]
    pub const fn measure_type(&self) -> MeasureType {
        self.series.measure_type
    }

    /// The areas whose goods it is for.
    pub fn geographical_areas(&self) -> impl Iterator<Item = &'a Area> + use<'a> {
        let areas = self.areas;
        self.series
            .areas
            .iter()
            .filter_map(move |position| areas.get(usize::from(*position)))
    }
}
