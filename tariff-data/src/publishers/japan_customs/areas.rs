//! To which places Japan's columns apply.
//!
//! The schedule does not say it; each list names where it was read, and how sure it is.

use dutiable::confidence::Confidence;

use crate::publishers::area_lists::{self, EUROPEAN_UNION, List};
use crate::tables::{Area, AreaTitle};

/// Members of the World Trade Organization, except where Japan has withdrawn the treatment.
pub const WTO: &str = "wto";
/// Non-members to whom a Cabinet Order gives the WTO rates all the same.
pub const BENEFICIAL: &str = "beneficial";

const LISTS: [List; 10] = [
    List {
        area: WTO,
        title: "Members of the World Trade Organization",
        source: "WTO list of members, https://www.wto.org/english/thewto_e/whatis_e/tif_e/org6_e.htm; without Russia: https://taxnews.ey.com/news/2022-0824-japan-implements-sanction-measures-against-russia and yearly extensions, the last one read being https://caliber.az/en/post/japan-extends-russia-s-exemption-from-most-favored-nation-trade-regime (2025)",
        confidence: Confidence::VerifiedSecondary,
        members: "AE AF AG AL AM AO AR AT AU BB BD BE BF BG BH BI BJ BN BO BR BW BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO EC EE EG ES FI FJ FR GA GB GD GE GH GM GN GR GT GW GY HK HN HR HT HU ID IE IL IN IS IT JM JO KE KG KH KM:2024-08-21 KN KR KW KZ LA LC LI LK LR LS LT LU LV MA MD ME MG MK ML MM MN MO MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NZ OM PA PE PG PH PK PL PT PY QA RO RU::2022-04-20 RW SA SB SC SE SG SI SK SL SN SR SV SZ TD TG TH TJ TL:2024-08-30 TN TO TR TT TW TZ UA UG US UY VC VE VN VU WS YE ZA ZM ZW",
    },
    List {
        area: BENEFICIAL,
        title: "Countries given beneficial duty (Customs Tariff Act art. 5)",
        source: "Cabinet Order 237 of 1955 as of 2017-03-31, http://www.kanzei.or.jp/kanzei_law/330CO0000000237.en.html",
        confidence: Confidence::Reported,
        members: "BS BT DZ ET IQ IR LY NR SD SO ST SY VA",
    },
    List {
        area: "gsp",
        title: "Beneficiaries of Japan's general preferences, the least developed included",
        source: "list from memory: 126 countries and 4 territories by https://www.mofa.go.jp/policy/economy/gsp/explain.html (2024), those not certain left out; Türkiye until 2026-03-31 by https://www.customs.go.jp/shiryo/tokkeikanzei/2025jogai.html; exclusions of single products (ID IN MN PH VN by https://www.kanzei.or.jp/english/statistics/country_code_stat.htm) not at hand",
        confidence: Confidence::MemoryUnverified,
        members: "AF AL AM AO AR AZ BA BD BF BI BJ BO BT BW BY BZ CD CF CG CI CM CO CR CU CV DJ DM DO DZ EC EG ER ET FJ FM GA GD GE GH GM GN GT GW HN HT ID IN IQ IR JM JO KE KG KH KI KM KZ LA LB LC LK LR LS LY MA MD ME MG MK ML MM MN MR MU MV MW MZ NA NE NG NI NP PE PG PH PK PY RS RW SB SD SL SN SO SR SS ST SV SY SZ TD TG TJ TL TM TN TO TR::2026-03-31 TV TZ UA UG UZ VC VE VN VU WS XK YE ZA ZM ZW",
    },
    List {
        area: "ldc",
        title: "Least developed beneficiaries of Japan's special preferences",
        source: "list from memory of the United Nations' least developed countries; 44 of them benefit by https://tukan.myclimatejapan.com/tokumegumikanzenichirantojogaisochi.html (2026-02). Countries that leave the United Nations' list (Bhutan 2023, São Tomé and Príncipe 2024; Bangladesh, Laos, Nepal on 2026-11-24) are to be verified",
        confidence: Confidence::MemoryUnverified,
        members: "AF AO BD BF BI BJ CD CF DJ ER ET GM GN GW HT KH KI KM LA LR LS MG ML MM MR MW MZ NE NP RW SB SD SL SN SO SS TD TG TL TV TZ UG YE ZM",
    },
    List {
        area: "cptpp",
        title: "Comprehensive and Progressive Agreement for Trans-Pacific Partnership",
        source: "entries into force by the depositary's notices, dates from memory; Costa Rica and later accessions not at hand",
        confidence: Confidence::VerifiedSecondary,
        members: "AU:2018-12-30 BN:2023-07-12 CA:2018-12-30 CL:2023-02-21 GB:2024-12-15 MX:2018-12-30 MY:2022-11-29 NZ:2018-12-30 PE:2021-09-19 SG:2018-12-30 VN:2019-01-14",
    },
    List {
        area: "eu",
        title: "Agreement between the European Union and Japan for an Economic Partnership",
        source: "https://policy.trade.ec.europa.eu/eu-trade-relationships-country-and-region/countries-and-regions/japan/eu-japan-agreement_en",
        confidence: Confidence::VerifiedSecondary,
        members: EUROPEAN_UNION,
    },
    List {
        area: "uk",
        title: "Agreement between the United Kingdom and Japan for a Comprehensive Economic Partnership",
        source: "https://www.gov.uk/government/collections/uk-japan-comprehensive-economic-partnership-agreement",
        confidence: Confidence::VerifiedSecondary,
        members: "GB:2021-01-01",
    },
    List {
        area: "rcep-cn",
        title: "Regional Comprehensive Economic Partnership: China",
        source: "the schedule's own column",
        confidence: Confidence::Official,
        members: "CN:2022-01-01",
    },
    List {
        area: "other-agreements",
        title: "Parties to Japan's other agreements, whose columns are not at hand: a preference is unknown",
        source: "the columns of the official schedule, https://www.customs.go.jp/tariff/2022_04_01/data/j_19.htm",
        confidence: Confidence::VerifiedPrimary,
        members: "AU BN CH CL ID IN KH KR LA MM MN MX MY NZ PE PH SG TH VN",
    },
    List {
        area: "us",
        title: "Trade Agreement between Japan and the United States of America",
        source: "the schedule's own column",
        confidence: Confidence::Official,
        members: "US:2020-01-01",
    },
];

/// The members of an area, whatever their dates.
pub fn members_of(area: &str) -> impl Iterator<Item = &'static str> {
    LISTS
        .iter()
        .filter(move |list| list.area == area)
        .flat_map(|list| list.members.split(' '))
        .map(|member| member.split(':').next().unwrap_or_default())
}

/// The tables of areas.
pub fn tables() -> (Vec<Area>, Vec<AreaTitle>) {
    area_lists::tables(&LISTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_stand_beside_their_members() {
        let (areas, _) = tables();
        let of = |area: &str, member: &str| {
            areas
                .iter()
                .find(|row| row.area == area && row.member == member)
                .map(|row| (row.from.as_str(), row.to.as_str()))
        };
        assert_eq!(of("cptpp", "PE"), Some(("2021-09-19", "")));
        assert_eq!(of("gsp", "TR"), Some(("", "2026-03-31")));
        assert_eq!(of("eu", "DE"), Some(("", "")));
        assert_eq!(members_of("eu").count(), 27);
        assert_eq!(members_of("wto").count(), 164);
        assert_eq!(members_of("ldc").count(), 44);
    }
}
