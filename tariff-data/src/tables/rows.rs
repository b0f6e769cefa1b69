//! One struct a table; the fields are the columns, in order.

use dutiable::confidence::Confidence;
use dutiable::navigator::Says;
use dutiable::navigator::guide::When;
use dutiable::tariff::MeasureType;
use serde::{Deserialize, Serialize};

use super::file::{Row, list};

macro_rules! row {
    ($(#[$doc:meta])* $name:ident, $file:literal, $($(#[$attribute:meta])* $field:ident : $type:ty = $column:literal),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name {
            $(#[doc = concat!("Column `", $column, "`.")] #[serde(rename = $column)] $(#[$attribute])* pub $field: $type),+
        }
        impl Row for $name {
            const FILE: &'static str = $file;
            const COLUMNS: &'static [&'static str] = &[$($column),+];
            const SORTED: bool = !matches!($file.as_bytes(), b"lines.csv");
        }
    };
}

row!(
    /// A unit of measurement and how many base units it holds.
    Unit, "units.csv",
    unit: String = "unit", base: String = "base", factor: String = "factor", title: String = "title",
);
row!(
    /// One of our measure types.
    MeasureTypeTitle, "measure_types.csv",
    measure_type: MeasureType = "type", family: String = "family", title: String = "title",
);
row!(
    /// One of the 21 sections of the Harmonized System.
    Section, "sections.csv",
    section: String = "section", first_chapter: String = "first_chapter",
    last_chapter: String = "last_chapter", title: String = "title",
);
row!(
    /// A chapter, heading or subheading of HS 2022.
    HsNode, "nodes.csv",
    code: String = "code", title: String = "title",
);
row!(
    /// A group of subheadings between four and six digits.
    HsGroup, "groups.csv",
    code: String = "code", title: String = "title",
);
row!(
    /// A subheading of an earlier edition that does not go on in HS 2022 under its own code with the same goods, and what became of it.
    Successor, "successors.csv",
    edition: String = "edition", code: String = "code",
    #[serde(with = "list")] successors: Vec<String> = "successors",
    relation: String = "relation",
);
row!(
    /// A word that does not say what goods are, what it leaves open, and why. Written by us; kept in `lexicon`.
    VagueWord, "vague.csv",
    word: String = "word", says: Says = "says",
    #[serde(with = "list")] lacks: Vec<String> = "lacks",
    #[serde(with = "list")] gives: Vec<String> = "gives",
    #[serde(with = "list")] unless: Vec<String> = "unless",
    #[serde(with = "list")] listed: Vec<String> = "listed",
    why: String = "why",
);
row!(
    /// The title of a chapter, heading, group or subheading in a language other than English; the file's name has the language.
    HsTitle, "titles.csv",
    code: String = "code", title: String = "title",
);
row!(
    /// The title of a section in a language other than English. Kept by hand.
    SectionTitle, "section_titles.csv",
    language: String = "language", section: String = "section", title: String = "title", confidence: Confidence = "confidence",
);
row!(
    /// A word of shops in a language, written by us, and the code it means: a heading or subheading. `lexicon/de.csv` and its like.
    ShopWord, "words.csv",
    term: String = "term", code: String = "code",
);
row!(
    /// A trade term and the code a publisher gives it.
    Term, "terms.csv",
    term: String = "term", code: String = "code", source: String = "source",
);
impl Term {
    /// The file of the terms that neither the index nor the classifier is told: they are asked them, to see how good they are.
    pub const HELD_OUT: &str = "held_out_terms.csv";
}
row!(
    /// Units of a currency for one euro, as published.
    FxRate, "ecb.csv",
    date: String = "date", currency: String = "currency", rate: String = "rate",
);
row!(
    /// A currency's fixed value in another: so many units are so many of the anchor's. Kept by hand.
    Peg, "pegs.csv",
    currency: String = "currency", units: String = "units", anchor: String = "anchor", anchor_units: String = "anchor_units",
    from: String = "from", to: String = "to", authority: String = "authority", title: String = "title", url: String = "url",
    confidence: Confidence = "confidence", checked_on: String = "checked_on",
);
row!(
    /// A node of a national nomenclature, in the publisher's order.
    Line, "lines.csv",
    code: String = "code", depth: u8 = "depth",
    #[serde(with = "super::file::yes")] declarable: bool = "declarable",
    supplementary: String = "supplementary", title: String = "title",
);
row!(
    /// What many measures share.
    Series, "series.csv",
    series: String = "series", measure_type: MeasureType = "type",
    #[serde(with = "list")] areas: Vec<String> = "areas",
    from: String = "from", to: String = "to", legal: String = "legal", order: String = "order",
    #[serde(with = "list")] flags: Vec<String> = "flags",
    confidence: Confidence = "confidence",
);
row!(
    /// A measure on every declarable line whose code begins with `code`.
    Measure, "measures.csv",
    code: String = "code", series: String = "series", expression: String = "expression",
    additional: String = "additional", certificate: String = "certificate", condition: String = "condition",
);
row!(
    /// A place belongs to an area or programme.
    Area, "areas.csv",
    area: String = "area", member: String = "member", from: String = "from", to: String = "to",
);
row!(
    /// The name of an area or programme.
    AreaTitle, "area_titles.csv",
    area: String = "area", title: String = "title", source: String = "source",
    confidence: Confidence = "confidence",
);
row!(
    /// What is known of an area beyond the publisher's list: kept by hand.
    AreaNote, "area_notes.csv",
    area: String = "area", title: String = "title", says: String = "says",
    #[serde(with = "list")] members: Vec<String> = "members",
    from: String = "from", source: String = "source", confidence: Confidence = "confidence",
);
row!(
    /// What became of a publisher's rows of one kind.
    PublisherRows, "publisher_rows.csv",
    kind: String = "kind", rows: u32 = "rows", kept: u32 = "kept", unparsed: u32 = "unparsed",
    left_out: u32 = "left_out", remark: String = "remark",
);
row!(
    /// A pack that the tables and rules make, by the hash of its bytes.
    Fingerprint, "fingerprints.csv",
    pack: String = "pack", sha256: String = "sha256",
);
row!(
    /// A tax other than a duty that the tariff names by code. Empty where no expression says it.
    Tax, "taxes.csv",
    code: String = "code", tax: String = "tax", rate: String = "rate",
);
row!(
    /// A programme of additional duties, and how it stands to the others: kept by hand.
    Programme, "programmes.csv",
    programme: String = "programme", order: u8 = "order", title: String = "title", authority: String = "authority",
    #[serde(with = "list")] displaced_by: Vec<String> = "displaced_by",
    #[serde(with = "list")] freed_by: Vec<String> = "freed_by",
    #[serde(with = "super::file::yes")] apart: bool = "apart",
    notice: String = "notice", url: String = "url", as_of: String = "as_of",
);
row!(
    /// A heading of additional duties, and the codes or lists that it reaches: kept by hand.
    Heading, "headings.csv",
    programme: String = "programme", series: String = "series", heading: String = "heading",
    #[serde(with = "list")] areas: Vec<String> = "areas",
    from: String = "from", to: String = "to", expression: String = "expression", certificate: String = "certificate", goods: String = "goods",
    #[serde(with = "list")] codes: Vec<String> = "codes",
    #[serde(with = "list")] without: Vec<String> = "without",
    law: String = "law", confidence: Confidence = "confidence",
);
row!(
    /// A code of a list that headings name.
    HeadingCode, "heading_codes.csv",
    list: String = "list", code: String = "code",
);
row!(
    /// What became of a published list of codes.
    HeadingList, "heading_lists.csv",
    list: String = "list", published: usize = "published", kept: usize = "kept",
    #[serde(with = "list")] not_in_tariff: Vec<String> = "not_in_tariff", remark: String = "remark",
);
row!(
    /// A rate text that no duty expression says.
    Unparsed, "unparsed.csv",
    code: String = "code", column: String = "column", text: String = "text", reason: String = "reason",
);

/// The languages, beside English, that the nomenclature has titles in.
pub const LANGUAGES: [&str; 3] = ["de", "fr", "es"];

impl HsTitle {
    /// The file of a language: `titles.de.csv`.
    pub fn file(language: &str) -> String {
        format!("titles.{language}.csv")
    }
}

impl ShopWord {
    /// The file of a language in `lexicon`: `de.csv`.
    pub fn file(language: &str) -> String {
        format!("{language}.csv")
    }
}
row!(
    /// Goods as a shop names them, and the code they mean: alone, or where one of the given words stands too. A file of `lexicon/terms`.
    ShopTerm, "terms.csv",
    term: String = "term", code: String = "code", given: String = "given",
);
row!(
    /// A description of goods and its subheading, written by us. A file of `lexicon/examples`.
    Example, "examples.csv",
    text: String = "text", code: String = "code",
);
row!(
    /// A name that goods are sold under (a brand, a medicine's substance), what they mostly are, and their subheading. Written by us; kept in
    /// `lexicon`.
    GoodsName, "names.csv",
    name: String = "name", goods: String = "goods", code: String = "code",
);
row!(
    /// Words of listings that say nothing of the goods, except in some chapters.
    Noise, "noise.csv",
    words: String = "words", kind: String = "kind", except: String = "except",
);
row!(
    /// A facet: how readily it is answered, where its words are read, and its values.
    FacetRow, "facets.csv",
    facet: String = "facet", ease: u8 = "ease",
    // `y` where a word counts wherever it stands.
    anywhere: String = "anywhere",
    // `y` where a word of a query is taken as the answer.
    tells: String = "tells",
    // `y` where `Other` is what its neighbours are not; `closed` where nothing is outside the values.
    residual: String = "residual",
    // The value of goods of which nothing says another.
    otherwise: String = "otherwise",
    // The beginnings of the codes whose designations are read for it; all where empty.
    within: String = "within",
    values: String = "values",
);
row!(
    /// A word and what it says of a facet; nothing where the value is empty.
    WordRow, "words.csv",
    word: String = "word", facet: String = "facet", value: String = "value",
);
row!(
    /// What a code has, in place of what its designation says; unknown where the values are empty.
    SubheadingRow, "subheadings.csv",
    code: String = "code", facet: String = "facet", values: String = "values",
);
row!(
    /// A rule or note that decides.
    NoteRow, "notes.csv",
    note: String = "note", when: When = "when",
    keeps_out_of: String = "keeps_out_of", belongs_to: String = "belongs_to", words: String = "words",
);
