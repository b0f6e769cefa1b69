//! To which places Australia's columns and schedules apply.

use dutiable::confidence::Confidence;

use crate::publishers::flat_book::AreaList;

/// Schedule 1 in the Border Force's pages.
const SCHEDULE_1: &str = "https://www.abf.gov.au/importing-exporting-and-manufacturing/tariff-classification/current-tariff/schedule-1";
/// What section 14 calls the abbreviations.
const SECTION_14: &str = "http://www.austlii.edu.au/au/legis/cth/consol_act/cta1995178/s14.html";
const NAMED: &str = "the agreement's own name";

const fn list(
    area: &'static str,
    title: &'static str,
    source: &'static str,
    confidence: Confidence,
    members: &'static str,
) -> AreaList {
    AreaList {
        area,
        title,
        source,
        confidence,
        members,
    }
}

/// One list an abbreviation and an agreement. Entries into force before the tables' coverage are not told.
pub const LISTS: [AreaList; 27] = [
    list(
        "nz",
        "New Zealand",
        SECTION_14,
        Confidence::VerifiedPrimary,
        "NZ",
    ),
    list(
        "pg",
        "Papua New Guinea",
        SECTION_14,
        Confidence::VerifiedPrimary,
        "PG",
    ),
    list(
        "forum",
        "Forum Island Countries (Schedule 1 Part 1)",
        SCHEDULE_1,
        Confidence::VerifiedPrimary,
        "CK FJ FM KI MH NR NU PG SB TO TV VU WS",
    ),
    list(
        "ldc",
        "Least Developed Countries (Schedule 1 Part 2)",
        "list from memory of the United Nations' least developed countries, those that left it lately included by no source; the Part itself is not at hand",
        Confidence::MemoryUnverified,
        "AF AO BD BF BI BJ CD CF DJ ER ET GM GN GW HT KH KI KM LA LR LS MG ML MM MR MW MZ NE NP RW SB SD SL SN SO SS TD TG TL TV TZ UG YE ZM",
    ),
    list(
        "dct",
        "Places subject to DCT rates (Schedule 1 Part 5)",
        "list from memory; the Part itself is not at hand",
        Confidence::MemoryUnverified,
        "HK KR SG TW",
    ),
    list(
        "ca",
        "Canada",
        SECTION_14,
        Confidence::VerifiedPrimary,
        "CA",
    ),
    list(
        "sg",
        "Singapore, by Schedule 3",
        SECTION_14,
        Confidence::VerifiedPrimary,
        "SG",
    ),
    list(
        "my",
        "Malaysia, by Schedule 3",
        "the schedule's own abbreviation",
        Confidence::VerifiedSecondary,
        "MY",
    ),
    list(
        "safta",
        "Singapore-Australia Free Trade Agreement",
        NAMED,
        Confidence::VerifiedSecondary,
        "SG",
    ),
    list(
        "ausfta",
        "Australia-United States Free Trade Agreement",
        NAMED,
        Confidence::VerifiedSecondary,
        "US",
    ),
    list(
        "tafta",
        "Thailand-Australia Free Trade Agreement",
        NAMED,
        Confidence::VerifiedSecondary,
        "TH",
    ),
    list(
        "pafta",
        "Peru-Australia Free Trade Agreement",
        NAMED,
        Confidence::VerifiedSecondary,
        "PE",
    ),
    list(
        "acl-fta",
        "Australia-Chile Free Trade Agreement",
        NAMED,
        Confidence::VerifiedSecondary,
        "CL",
    ),
    list(
        "aanzfta",
        "Agreement establishing the ASEAN-Australia-New Zealand Free Trade Area",
        SCHEDULE_1,
        Confidence::VerifiedPrimary,
        "BN ID KH LA MM MY NZ PH SG TH VN",
    ),
    list(
        "pacer",
        "Pacific Agreement on Closer Economic Relations Plus",
        "list from memory; parties whose entry into force is not certain left out",
        Confidence::MemoryUnverified,
        "CK KI NU NZ SB TO TV VU WS",
    ),
    list(
        "cptpp",
        "Comprehensive and Progressive Agreement for Trans-Pacific Partnership, without the United Kingdom",
        "members from memory; Costa Rica and later accessions not at hand",
        Confidence::VerifiedSecondary,
        "BN CA CL JP MX MY NZ PE SG VN",
    ),
    list(
        "cptpp-gb",
        "Comprehensive and Progressive Agreement for Trans-Pacific Partnership: United Kingdom",
        "the schedule's own rates for the United Kingdom, from 2024-12-24",
        Confidence::Official,
        "GB",
    ),
    list(
        "mafta",
        "Malaysia-Australia Free Trade Agreement",
        NAMED,
        Confidence::VerifiedSecondary,
        "MY",
    ),
    list(
        "ia-cepa",
        "Indonesia-Australia Comprehensive Economic Partnership Agreement",
        NAMED,
        Confidence::VerifiedSecondary,
        "ID",
    ),
    list(
        "kafta",
        "Korea-Australia Free Trade Agreement",
        NAMED,
        Confidence::VerifiedSecondary,
        "KR",
    ),
    list(
        "ai-ecta",
        "Australia-India Economic Cooperation and Trade Agreement",
        NAMED,
        Confidence::VerifiedSecondary,
        "IN",
    ),
    list(
        "jaepa",
        "Japan-Australia Economic Partnership Agreement",
        NAMED,
        Confidence::VerifiedSecondary,
        "JP",
    ),
    list(
        "chafta",
        "China-Australia Free Trade Agreement",
        "most goods free, the rest by stages to nought in the fifth year: http://aph.gov.au/Parliamentary_Business/Bills_LEGislation/Bills_Search_Results/Result?bId=r5551",
        Confidence::VerifiedPrimary,
        "CN",
    ),
    list(
        "hk-fta",
        "Australia-Hong Kong Free Trade Agreement",
        NAMED,
        Confidence::VerifiedSecondary,
        "HK",
    ),
    list(
        "rcep",
        "Regional Comprehensive Economic Partnership",
        "parties from memory, without Myanmar, whose entry into force for Australia is not certain",
        Confidence::MemoryUnverified,
        "BN CN ID JP KH KR LA MY NZ PH SG TH VN",
    ),
    list(
        "a-ukfta",
        "Australia-United Kingdom Free Trade Agreement",
        NAMED,
        Confidence::VerifiedSecondary,
        "GB",
    ),
    list(
        "uae-cepa",
        "Australia-United Arab Emirates Comprehensive Economic Partnership Agreement",
        NAMED,
        Confidence::VerifiedSecondary,
        "AE",
    ),
];
