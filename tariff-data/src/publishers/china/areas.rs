//! To which places China's columns apply. The tariff does not say it; each list names where it was read, and how sure it is.

use std::sync::LazyLock;

use dutiable::confidence::Confidence;

use super::agreements::AGREEMENTS;
use crate::publishers::area_lists::List;
use crate::publishers::japan_customs;

/// Members of the World Trade Organization, and China itself.
pub const WTO: &str = "wto";
/// Non-members with a clause in a bilateral agreement.
pub const CLAUSE: &str = "mfn-clause";
/// Places on neither list.
pub const UNSETTLED: &str = "mfn-unsettled";

/// Japan's list of members has all but Japan.
static WTO_MEMBERS: LazyLock<String> = LazyLock::new(|| {
    let mut members: Vec<&str> = japan_customs::wto_members().collect();
    members.push("JP");
    members.sort_unstable();
    members.join(" ")
});

/// The areas of China's tariff.
pub fn lists() -> Vec<List> {
    let mut lists = vec![
        List {
            area: WTO,
            title: "Members of the World Trade Organization, and China itself",
            source: "WTO list of members, https://www.wto.org/english/thewto_e/whatis_e/tif_e/org6_e.htm",
            confidence: Confidence::VerifiedSecondary,
            members: &WTO_MEMBERS,
        },
        List {
            area: CLAUSE,
            title: "Countries outside the World Trade Organization with a most-favoured-nation clause in an agreement with China",
            source: "from memory; Equatorial Guinea, Eritrea and Ethiopia by https://transcustoms.cn/China_HS_code/Country_Search.asp?page=0&selectT=LDC&word=LDC",
            confidence: Confidence::MemoryUnverified,
            members: "AZ BA BY DZ ER ET GQ IQ IR KP LB LY RS SD SO SS ST SY TM UZ",
        },
        List {
            area: UNSETTLED,
            title: "Places for which it is not known whether the most-favoured-nation or the general rate applies",
            source: "places on neither list; dependent territories among them",
            confidence: Confidence::MemoryUnverified,
            members: "AD AI AS AW AX BL BM BQ BS BT CC CK CW CX EH FK FM FO GF GG GI GL GP GU IM IO JE KI KY MC MF MH MP MQ MS NC NF NR NU PF PM PN PR PS PW RE SH SJ SM SX TC TF TK TV UM VA VG VI WF XK YT",
        },
        List {
            area: "other-agreements",
            title: "Parties to RCEP and the arrangement with Honduras, and beneficiaries of special and zero rates, whose columns are not at hand: a preference is unknown",
            source: "RCEP: Australia, ASEAN, Japan, Korea, New Zealand; least developed and African countries from memory",
            confidence: Confidence::MemoryUnverified,
            members: "AF AO AU BD BF BI BJ BN BW CD CF CG CI CM CV DJ DZ EG ER ET GA GH GM GN GQ GW HN ID JP KE KH KI KM KR LA LR LS LY MA MG ML MM MR MU MW MY MZ NA NE NG NP NZ PH RW SB SC SD SG SL SN SO SS ST TD TG TH TL TN TZ UG VN YE ZA ZM ZW",
        },
    ];
    lists.extend(AGREEMENTS.into_iter().map(|agreement| agreement.list));
    lists
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_place_is_on_two_lists_of_treatment() {
        let lists = lists();
        let mut seen = BTreeSet::new();
        for list in lists
            .iter()
            .filter(|list| [WTO, CLAUSE, UNSETTLED].contains(&list.area))
        {
            for member in list.members.split(' ') {
                assert_eq!(member.len(), 2, "{member}");
                assert!(seen.insert(member), "{member} twice");
            }
        }
        assert!(
            ["CN", "JP", "RU", "TW", "US"]
                .iter()
                .all(|place| seen.contains(place))
        );
    }
}
