//! The state: what is left after the answers so far, and what to ask next.

use super::candidate::{Candidate, Candidates};
use super::goods::{names_goods, short};
use super::information::BIT;
use super::question::{Asking, Meaning, Offer, Topic, of_facet};
use super::result::{
    Choice, GOODS, GuideAnswer, GuideCandidate, Guided, NONE, Question, SIZE, Subject, Told,
    UNKNOWN,
};
use super::vocabulary::{Facet, Values};
use super::{Guide, notes};
use crate::error::{Error, ErrorCode, Field};
use crate::gather::{add, gather};
use crate::navigator::{National, Navigator, Needs};
use crate::nomenclature::CommodityCode;

/// The most questions that are asked.
pub const MAX_STEPS: usize = 5;

/// Hits of a search that are asked about.
pub const HITS: usize = 20;
/// Codes that may be asked about at once.
const MAX_CODES: usize = 100;
/// How readily one finds one's goods among designations, and how readily one knows a size, in 64ths: a designation takes reading.
const EASE_OF_GOODS: u64 = 32;
const EASE_OF_SIZE: u64 = 48;
/// The same among the lines of a subheading, whose designations rest on the rows above them.
const EASE_OF_LINES: u64 = 16;
/// What a question must tell to be worth asking.
const LEAST: u64 = BIT / 256;
/// By how many bits a code loses weight that does not fit a word of the query.
const DOUBT: u32 = 2;

impl Navigator {
    /// Says what to ask next of what may be meant, after the answers so far. No answer drops what it is true of, none adds anything,
    /// and after [`MAX_STEPS`] answers nothing is asked.
    ///
    /// # Errors
    /// Those of [`Navigator::search`]; [`ErrorCode::PackMismatch`] where the guide is of another nomenclature,
    /// [`ErrorCode::CodeMalformed`] for a code that is none, [`ErrorCode::InputTooLong`] for too many codes or answers,
    /// [`ErrorCode::InputChoice`] for an answer to something that nobody asks.
    pub fn guide<'a>(
        &'a self,
        guide: &'a Guide,
        subject: &Subject,
        answers: &[GuideAnswer],
        national: Option<&'a National>,
    ) -> Result<Guided<'a>, Error> {
        if guide.profiles.of.len() != self.tree.len() {
            return Err(ErrorCode::PackMismatch.into());
        }
        if answers.len() > MAX_STEPS {
            return Err(Error::at(
                ErrorCode::InputTooLong,
                Field::of_request("answers"),
            ));
        }
        let from = Candidates {
            navigator: self,
            national,
            guide,
        };
        let mut state = State::new(from, subject)?;
        let presented = notes::presented(&guide.vocabulary, &state.said);
        state.hear_query(answers);
        for answer in answers {
            state.hear(answer)?;
        }
        let next = if answers.len() < MAX_STEPS {
            state.next()
        } else {
            None
        };
        Ok(Guided {
            question: next.map(|asking| self.question(guide, national, &asking, &state.left)),
            step: answers.len(),
            told: state.told(guide),
            candidates: self.told_candidates(&state.left, national),
            notes: notes::deciding(&guide.notes, &state.left, &presented),
            needs: state.needs,
        })
    }

    fn question<'a>(
        &'a self,
        guide: &'a Guide,
        national: Option<&'a National>,
        asking: &Asking,
        left: &[Candidate],
    ) -> Question<'a> {
        let facet = match asking.topic {
            Topic::Facet(position) => guide.vocabulary.facets.get(position),
            Topic::Goods | Topic::Size => None,
        };
        let name = match (asking.topic, facet) {
            (Topic::Size, _) => SIZE,
            (_, Some(facet)) => facet.id.as_str(),
            _ => GOODS,
        };
        let titles = asking.offers.iter().map(|offer| match &offer.meaning {
            Meaning::Code(code) => self.name_of(*code, offer, left, national),
            _ => None,
        });
        let titles = told_apart(gather(&mut titles.into_iter()));
        let offers = asking.offers.iter().zip(titles);
        let mut answers = offers.map(|(offer, title)| match &offer.meaning {
            Meaning::Values(values) => choice(offer, facet, *values),
            Meaning::Code(code) => Choice {
                value: code.to_string(),
                ids: Vec::new(),
                title,
                under: self.stands_under(*code, title, left, national),
                leaves: offer.leaves(),
            },
            Meaning::None => Choice {
                value: NONE.to_owned(),
                ids: vec![["answer.", NONE].concat()],
                title: None,
                under: None,
                leaves: offer.leaves(),
            },
        });
        Question {
            facet: name,
            id: ["facet.", name].concat(),
            information: asking.information,
            answers: gather(&mut answers),
        }
    }

    /// What goods are called: of a single candidate its own designation, where that names goods and not what they are like.
    fn name_of<'a>(
        &'a self,
        code: CommodityCode,
        offer: &Offer,
        left: &[Candidate],
        national: Option<&'a National>,
    ) -> Option<&'a str> {
        let mut kept = left.iter().zip(&offer.keeps).filter(|(_, keeps)| **keeps);
        let only = kept.next().filter(|_| offer.leaves() == 1);
        let own = only.and_then(|(only, _)| self.designation(only.code, national));
        own.filter(|title| names_goods(title))
            .or_else(|| self.designation(code, national))
    }

    /// What a code stands under, where its designation alone does not name goods: of a line the row above it, of a subheading among those of
    /// several headings its heading.
    fn stands_under<'a>(
        &'a self,
        code: CommodityCode,
        title: Option<&str>,
        left: &[Candidate],
        national: Option<&'a National>,
    ) -> Option<&'a str> {
        if code.length() > 6 {
            return row_above(code, national?);
        }
        let heading = code.prefix(4);
        let is_only = left.iter().all(|other| other.code.prefix(4) == heading);
        let is_named = code.length() == 4 || title.is_none_or(names_goods);
        let above = self.title(self.tree.find(heading)?).map(short);
        above.filter(|above| !is_only && !is_named && Some(*above) != title)
    }

    fn designation<'a>(
        &'a self,
        code: CommodityCode,
        national: Option<&'a National>,
    ) -> Option<&'a str> {
        match national {
            Some(national) if code.length() > 6 => national.title(national.lines().find(code)?),
            _ => self.title(self.tree.find(code)?),
        }
    }

    fn told_candidates<'a>(
        &'a self,
        left: &[Candidate],
        national: Option<&'a National>,
    ) -> Vec<GuideCandidate<'a>> {
        let total = left.iter().fold(0, |sum: u64, candidate| {
            sum.saturating_add(candidate.weight)
        });
        let mut told = left.iter().map(|candidate| {
            let mut path = self.path_titles(candidate.node);
            let title = self.title(candidate.node);
            if candidate.row.is_some() {
                add(&mut path, &mut title.into_iter());
            }
            GuideCandidate {
                code: candidate.code.to_string(),
                title: self.designation(candidate.code, national),
                path,
                share: hundredths(candidate.weight, total),
            }
        });
        gather(&mut told)
    }
}

fn choice<'a>(offer: &Offer, facet: Option<&'a Facet>, values: Values) -> Choice<'a> {
    let names = facet.map_or_else(Vec::new, |facet| gather(&mut facet.names(values)));
    let id = facet.map_or("", |facet| &facet.id);
    Choice {
        value: names
            .first()
            .map_or_else(String::new, |name| (*name).to_owned()),
        ids: gather(&mut names.iter().map(|name| [id, ".", name].concat())),
        title: None,
        under: None,
        leaves: offer.leaves(),
    }
}

/// The designation of the row that a line stands under, below its subheading.
fn row_above(code: CommodityCode, national: &National) -> Option<&str> {
    let rows = national.ancestors(national.lines().find(code)?);
    let is_below = |row: &usize| {
        let code = national.lines().row(*row).and_then(|row| row.code);
        code.is_none_or(|code| code.length() > 6)
    };
    national.title(rows.into_iter().rev().find(is_below)?)
}

/// Designations cut short, but where two would then read the same.
fn told_apart(titles: Vec<Option<&str>>) -> Vec<Option<&str>> {
    let cut = gather(&mut titles.iter().map(|title| title.map(short)));
    let is_single = |title: &Option<&str>| cut.iter().filter(|other| *other == title).count() == 1;
    let shown = cut.iter().zip(&titles);
    gather(&mut shown.map(|(cut, title)| if is_single(cut) { *cut } else { *title }))
}

/// A part of a whole as `0.62`, rounded down, so that parts never exceed the whole.
fn hundredths(part: u64, total: u64) -> String {
    let share = part.saturating_mul(100).checked_div(total).unwrap_or(0);
    if share >= 100 {
        return "1.00".to_owned();
    }
    let (tens, ones) = (share.checked_div(10), share.checked_rem(10));
    [
        "0.",
        &tens.unwrap_or(0).to_string(),
        &ones.unwrap_or(0).to_string(),
    ]
    .concat()
}

fn read(codes: &[String]) -> Result<Vec<CommodityCode>, Error> {
    let field = Field::of_request("codes");
    if codes.len() > MAX_CODES {
        return Err(Error::at(ErrorCode::InputTooLong, field));
    }
    let mut read = Vec::with_capacity(codes.len());
    for code in codes {
        read.push(CommodityCode::parse(code).map_err(|error| error.or_at(field))?);
    }
    Ok(read)
}

/// What is left, and what has been asked.
struct State<'a> {
    from: Candidates<'a>,
    left: Vec<Candidate>,
    /// What the query says, by facet.
    said: Vec<Values>,
    /// The facets that are settled: told by the query, or asked.
    settled: Vec<bool>,
    /// The facets that the query settled.
    told: Vec<usize>,
    /// The level of goods at which nobody knew, in digits; 0 where it was always known.
    puzzled: u8,
    needs: Option<Needs>,
}

impl<'a> State<'a> {
    fn new(from: Candidates<'a>, subject: &Subject) -> Result<Self, Error> {
        let vocabulary = &from.guide.vocabulary;
        let (mut said, mut needs) = (vec![0; vocabulary.facets.len()], None);
        if let Some(text) = &subject.text {
            said = vocabulary.read(text).has;
        }
        let left = match &subject.text {
            Some(text) if subject.codes.is_empty() => {
                let found = match from.national {
                    Some(national) => {
                        from.navigator
                            .search_lines_by(subject.ranking, text, HITS, national)?
                    }
                    None => from.navigator.search_by(subject.ranking, text, HITS)?,
                };
                needs = found.needs;
                let mut left = from.of_hits(&found.hits);
                from.add_neighbours(&mut left);
                left
            }
            _ => from.under(&read(&subject.codes)?),
        };
        Ok(Self {
            settled: vec![false; vocabulary.facets.len()],
            from,
            left,
            said,
            told: Vec::new(),
            puzzled: 0,
            needs,
        })
    }

    /// Takes what the query says as answered, unless an answer says otherwise or none of the candidates would be left.
    fn hear_query(&mut self, answers: &[GuideAnswer]) {
        for (position, facet) in self.from.guide.vocabulary.facets.iter().enumerate() {
            let said = self.said.get(position).copied().unwrap_or(0);
            let is_answered = answers.iter().any(|answer| answer.facet == facet.id);
            if said == 0 {
                continue;
            }
            if !facet.tells {
                self.doubt(position, said);
            } else if !is_answered && self.keep_values(position, said) {
                self.settle(position);
                self.told.push(position);
            }
        }
        self.left
            .sort_by_key(|candidate| core::cmp::Reverse(candidate.weight));
    }

    /// Keeps what can have one of these values; false, and nothing changes, where no candidate is known to.
    fn keep_values(&mut self, position: usize, values: Values) -> bool {
        let of = |candidate: &Candidate| candidate.values.get(position).copied().unwrap_or(0);
        let has = |candidate: &&Candidate| of(candidate) & values != 0;
        let is_known = self.left.iter().any(|candidate| has(&candidate));
        if is_known {
            self.left
                .retain(|candidate| of(candidate) == 0 || of(candidate) & values != 0);
        }
        is_known
    }

    /// Makes what is known to have none of these values less likely.
    fn doubt(&mut self, position: usize, values: Values) {
        for candidate in &mut self.left {
            let known = candidate.values.get(position).copied().unwrap_or(0);
            if known != 0 && known & values == 0 {
                candidate.weight = (candidate.weight >> DOUBT).max(1);
            }
        }
    }

    fn settle(&mut self, position: usize) {
        if let Some(settled) = self.settled.get_mut(position) {
            *settled = true;
        }
    }

    /// Takes an answer.
    fn hear(&mut self, answer: &GuideAnswer) -> Result<(), Error> {
        let refused = || Error::at(ErrorCode::InputChoice, Field::of_request("answers"));
        if answer.facet == GOODS || answer.facet == SIZE {
            return self.hear_goods(&answer.value).ok_or_else(refused);
        }
        let vocabulary = &self.from.guide.vocabulary;
        let position = vocabulary.position(&answer.facet).ok_or_else(refused)?;
        let facet = vocabulary.facets.get(position).ok_or_else(refused)?;
        self.settle(position);
        if answer.value == UNKNOWN {
            return Ok(());
        }
        let value = facet.value(&answer.value).ok_or_else(refused)?;
        let asking = of_facet(vocabulary, position, &self.left);
        let fits = |offer: &&Offer| match offer.meaning {
            Meaning::Values(values) => values & value != 0,
            Meaning::None => answer.value == NONE,
            Meaning::Code(_) => false,
        };
        match asking
            .as_ref()
            .and_then(|asking| asking.offers.iter().find(fits))
        {
            Some(offer) => self.keep(&offer.keeps),
            // Not among what was offered: it still says something.
            None => {
                self.keep_values(position, value);
            }
        }
        Ok(())
    }

    fn hear_goods(&mut self, value: &str) -> Option<()> {
        if value == UNKNOWN {
            let level = self.from.level(&self.left, self.puzzled);
            self.puzzled = level.unwrap_or(self.puzzled);
            return Some(());
        }
        let asking = self.from.which(&self.left, self.puzzled);
        if value == NONE {
            let offers = asking.iter().flat_map(|asking| &asking.offers);
            let none = offers
                .into_iter()
                .find(|offer| offer.meaning == Meaning::None);
            if let Some(keeps) = none.map(|offer| offer.keeps.clone()) {
                self.keep(&keeps);
            }
            return Some(());
        }
        let code = CommodityCode::parse(value).ok()?;
        let keeps = gather(
            &mut self
                .left
                .iter()
                .map(|candidate| code.covers(candidate.code)),
        );
        if keeps.contains(&true) {
            self.keep(&keeps);
        }
        Some(())
    }

    fn keep(&mut self, keeps: &[bool]) {
        let mut keeps = keeps.iter();
        self.left.retain(|_| keeps.next() == Some(&true));
    }

    /// The question that is expected to tell most, each as readily as it is answered; of equal ones the first.
    fn next(&self) -> Option<Asking> {
        if self.left.len() < 2 {
            return None;
        }
        let vocabulary = &self.from.guide.vocabulary;
        let mut best: Option<(u64, Asking)> = None;
        let mut consider = |ease: u64, asking: Option<Asking>| {
            let Some(asking) = asking else { return };
            let worth = asking.information.saturating_mul(ease) >> 6;
            if worth >= LEAST && best.as_ref().is_none_or(|(most, _)| worth > *most) {
                best = Some((worth, asking));
            }
        };
        for (position, facet) in vocabulary.facets.iter().enumerate() {
            if facet.ease > 0 && self.settled.get(position) == Some(&false) {
                consider(
                    u64::from(facet.ease),
                    of_facet(vocabulary, position, &self.left),
                );
            }
        }
        let which = self.from.which(&self.left, self.puzzled);
        let is_size = which
            .as_ref()
            .is_some_and(|asking| asking.topic == Topic::Size);
        let subheading = |candidate: &Candidate| candidate.code.prefix(6);
        let first = self.left.first().map(subheading);
        let is_one = self
            .left
            .iter()
            .all(|other| Some(subheading(other)) == first);
        let ease = match (is_size, is_one) {
            (true, _) => EASE_OF_SIZE,
            (false, true) => EASE_OF_LINES,
            (false, false) => EASE_OF_GOODS,
        };
        consider(ease, which);
        best.map(|(_, asking)| asking)
    }

    fn told(&self, guide: &'a Guide) -> Vec<Told<'a>> {
        let mut told = self.told.iter().filter_map(|position| {
            let facet = guide.vocabulary.facets.get(*position)?;
            let said = self.said.get(*position).copied()?;
            Some(Told {
                facet: &facet.id,
                ids: gather(
                    &mut facet
                        .names(said)
                        .map(|name| [&facet.id, ".", name].concat()),
                ),
            })
        });
        gather(&mut told)
    }
}
