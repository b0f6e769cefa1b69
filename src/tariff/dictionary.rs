//! What the rows of a tariff's packs refer to.

use super::area::Area;
use super::expression::DutyExpression;
use super::measure::{Circumstance, Series};
use super::programme::Programme;
use super::unit::Unit;
use crate::money::CurrencyCode;
use crate::place::PlaceCode;
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// A pack of further measures, and the origins that it is needed for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Companion {
    /// Its id.
    pub id: String,
    /// The countries of origin that it has measures for.
    pub origins: Vec<PlaceCode>,
}

stored!(struct Companion { id, origins });

/// What the rows of a pack refer to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dictionary {
    /// The id that quote lines name as their source.
    pub source: String,
    /// The currency of the place; amounts in expressions name their own.
    pub currency: CurrencyCode,
    /// How many digits a declaration needs.
    pub digits: u8,
    /// Units of measurement.
    pub units: Vec<Unit>,
    /// Areas.
    pub areas: Vec<Area>,
    /// Series.
    pub series: Vec<Series>,
    /// Duty expressions.
    pub expressions: Vec<DutyExpression>,
    /// Circumstances.
    pub circumstances: Vec<Circumstance>,
    /// Of a tariff: the packs of further measures. A quote refuses to go on without the ones its origins need.
    pub companions: Vec<Companion>,
    /// Programmes of additional duties, in the order of the stack.
    pub programmes: Vec<Programme>,
}

stored!(struct Dictionary { source, currency, digits, units, areas, series, expressions, circumstances, companions, programmes });
