//! To which places the preferential columns apply.

use dutiable::confidence::Confidence;

use crate::publishers::flat_book::{AreaList, EUROPEAN_UNION};

/// One list a column; the European Union and the United Kingdom are two areas of one column.
pub const LISTS: [AreaList; 6] = [
    AreaList {
        area: "eu",
        title: "Economic Partnership Agreement between the European Union and the SADC EPA States",
        source: "https://www.sars.gov.za/legal-counsel/international-treaties-agreements/trade-agreements/",
        confidence: Confidence::VerifiedPrimary,
        members: EUROPEAN_UNION,
    },
    AreaList {
        area: "gb",
        title: "Economic Partnership Agreement between the SACU member states and Mozambique and the United Kingdom",
        source: "https://www.sars.gov.za/legal-counsel/international-treaties-agreements/trade-agreements/",
        confidence: Confidence::VerifiedPrimary,
        members: "GB",
    },
    AreaList {
        area: "efta",
        title: "Free Trade Agreement between the EFTA States and the SACU States",
        source: "https://www.sars.gov.za/legal-counsel/international-treaties-agreements/trade-agreements/",
        confidence: Confidence::VerifiedPrimary,
        members: "CH IS LI NO",
    },
    AreaList {
        area: "sadc",
        title: "Free trade area of the Southern African Development Community",
        source: "thirteen of sixteen members take part, without Angola, Comoros and the Democratic Republic of the Congo: https://africanlawbusiness.com/?p=11843 (2025); http://oliver-schopp.de/sadc-countries-trade-agreement. Whether Angola's accession of 2025 is complete is not known",
        confidence: Confidence::VerifiedSecondary,
        members: "BW LS MG MU MW MZ NA SC SZ TZ ZA ZM ZW",
    },
    AreaList {
        area: "mercosur",
        title: "Preferential Trade Agreement between MERCOSUR and SACU",
        source: "https://www.sars.gov.za/legal-counsel/international-treaties-agreements/trade-agreements/; the four founding members, Bolivia is no party",
        confidence: Confidence::VerifiedSecondary,
        members: "AR BR PY UY",
    },
    AreaList {
        area: "afcfta",
        title: "African Continental Free Trade Area",
        source: "members: the eight of the Guided Trade Initiative of 2022 by https://tradeunionsinafcfta.org/south-africa-joins-the-afcfta-guided-trade-initiative; which of them, and which others since, South Africa grants the rates to is not verified; rates: the schedule's own column",
        confidence: Confidence::MemoryUnverified,
        members: "CM EG GH KE MU RW TN TZ",
    },
];
