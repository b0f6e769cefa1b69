//! Parties to Israel's agreements, whose rates are not at hand.

use dutiable::confidence::Confidence;

use crate::publishers::flat_book::AreaList;

/// No series names them: a claim of a preference is answered with "the rate is not at hand".
pub const LISTS: [AreaList; 1] = [AreaList {
    area: "agreements",
    title: "Parties to Israel's trade agreements, whose rates are not at hand",
    source: "list from memory: the European Union, EFTA, the United Kingdom, the United States, Canada, Mexico, Mercosur, Colombia, Panama, Ukraine, Korea, the United Arab Emirates, Jordan, Vietnam, Guatemala",
    confidence: Confidence::MemoryUnverified,
    members: "AE AR AT BE BG BR CA CH CO CY CZ DE DK EE ES FI FR GB GR GT HR HU IE IS IT JO KR LI LT LU LV MT MX NL NO PA PL PT PY RO SE SI SK UA US UY VN",
}];
