//! Parties to agreements and preferences whose rates are not at hand.

use dutiable::confidence::Confidence;

use crate::publishers::flat_book::AreaList;

/// No series names them: a claim of a preference is answered with "the rate is not at hand".
pub const LISTS: [AreaList; 1] = [AreaList {
    area: "agreements",
    title: "Parties to free trade agreements with the Eurasian Economic Union or its members, whose rates are not at hand",
    source: "list from memory: the treaty on a free trade area of the CIS and bilateral ones, Vietnam, Serbia, Iran; beneficiaries of the union's tariff preferences for developing countries are not listed",
    confidence: Confidence::MemoryUnverified,
    members: "AZ GE IR MD RS TJ TM UZ VN",
}];
