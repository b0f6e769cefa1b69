//! The question that tells most of what may be meant.

use super::candidate::Candidate;
use super::information::{Allowing, expected};
use super::vocabulary::{Facet, OTHER, Values, Vocabulary};
use crate::gather::gather;

/// The most answers that are offered beside `none of these`.
pub(super) const MOST_ANSWERS: usize = 7;

/// An answer is light whose candidates weigh less than one part in two to this power: a sixteenth.
const LIGHT: u32 = 4;

/// What a question asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// A facet, by position.
    Facet(usize),
    /// Which of some goods it is.
    Goods,
    /// The same by size, weight or value.
    Size,
}

/// What an answer stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Any of these values of the facet.
    Values(Values),
    /// The goods under a code.
    Code(crate::nomenclature::CommodityCode),
    /// None of the others.
    None,
}

/// An answer that is offered.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    pub(super) meaning: Meaning,
    /// By candidate, whether it stays. Of those that the question does not concern all stay.
    pub(super) keeps: Vec<bool>,
}

impl Offer {
    pub(super) fn leaves(&self) -> usize {
        self.keeps.iter().filter(|keeps| **keeps).count()
    }
}

/// A question that may be asked.
#[derive(Clone, Debug)]
pub(super) struct Asking {
    pub(super) topic: Topic,
    /// In 256ths of a bit.
    pub(super) information: u64,
    pub(super) offers: Vec<Offer>,
}

/// The question for a facet; `None` where its answer would leave everything as it is, or only one candidate has anything to say to it.
pub(super) fn of_facet(
    vocabulary: &Vocabulary,
    position: usize,
    left: &[Candidate],
) -> Option<Asking> {
    let facet = vocabulary.facets.get(position)?;
    let values = |candidate: &Candidate| candidate.values.get(position).copied().unwrap_or(0);
    let values = gather(&mut left.iter().map(values));
    let known = values.iter().filter(|values| **values != 0).count();
    if known < 2 {
        return None;
    }
    let mut offers = named(facet, &values);
    let shown = heaviest(left, &values, &mut offers);
    let rest = gather(&mut values.iter().map(|values| {
        let folded = values & !shown & !OTHER;
        let has_other = values & OTHER != 0;
        *values == 0 || has_other || (folded != 0 && shown & values == 0)
    }));
    let has_rest = values
        .iter()
        .zip(&rest)
        .any(|(values, stays)| *stays && *values != 0);
    if has_rest {
        offers.push(Offer {
            meaning: Meaning::None,
            keeps: rest,
        });
    }
    let concerns = gather(&mut values.iter().map(|values| *values != 0));
    asking(Topic::Facet(position), left, &concerns, offers)
}

/// An answer for each value that some candidate has by name; values that leave the same candidates are one answer. What a candidate
/// with `other` among its values has beside it is known by what its neighbours have, and is not worth an answer of its own.
fn named(facet: &Facet, values: &[Values]) -> Vec<Offer> {
    let by_name = values.iter().filter(|values| **values & OTHER == 0);
    let all = by_name.fold(0, |all, values| all | values);
    let mut offers: Vec<Offer> = Vec::new();
    let mut bit: Values = OTHER;
    for _ in facet.values.iter().skip(1) {
        bit <<= 1;
        if all & bit == 0 {
            continue;
        }
        let keeps = gather(
            &mut values
                .iter()
                .map(|values| *values == 0 || values & bit != 0),
        );
        let same = offers.iter_mut().find(|offer| offer.keeps == keeps);
        match same.map(|offer| &mut offer.meaning) {
            Some(Meaning::Values(values)) => *values |= bit,
            _ => offers.push(Offer {
                meaning: Meaning::Values(bit),
                keeps,
            }),
        }
    }
    offers
}

/// Drops all but the heaviest answers, and those that hardly anything weighs for: a stray hit of the search is worth no button. Returns the
/// values of those that stay.
fn heaviest(left: &[Candidate], values: &[Values], offers: &mut Vec<Offer>) -> Values {
    let weight = |keeps: &dyn Fn(usize) -> bool| {
        let known = left.iter().zip(values).enumerate();
        let staying = known.filter(|(at, (_, values))| **values != 0 && keeps(*at));
        staying.fold(0, |sum: u64, (_, (candidate, _))| {
            sum.saturating_add(candidate.weight)
        })
    };
    let of = |offer: &Offer| weight(&|at| offer.keeps.get(at) == Some(&true));
    let mut weights = gather(&mut offers.iter().map(of));
    weights.sort_unstable_by(|a, b| b.cmp(a));
    let least = weights.get(MOST_ANSWERS.saturating_sub(1)).copied();
    let light = weight(&|_| true) >> LIGHT;
    offers.retain(|offer| of(offer) >= least.unwrap_or(0).max(light));
    offers.truncate(MOST_ANSWERS);
    offers.iter().fold(0, |shown, offer| match offer.meaning {
        Meaning::Values(values) => shown | values,
        _ => shown,
    })
}

/// Reckons what a question is expected to tell; `None` where it tells nothing.
pub(super) fn asking(
    topic: Topic,
    left: &[Candidate],
    concerns: &[bool],
    offers: Vec<Offer>,
) -> Option<Asking> {
    let mut shares = vec![0_u64; offers.len()];
    let mut allowing = Vec::new();
    let mut total = 0_u64;
    for (at, candidate) in left.iter().enumerate() {
        // In 840ths, so that an equal part of up to eight answers is a whole number.
        let weight = candidate.weight.saturating_mul(840);
        total = total.saturating_add(weight);
        if concerns.get(at) != Some(&true) {
            continue;
        }
        let allows = |offer: &Offer| offer.keeps.get(at) == Some(&true);
        let answers = offers.iter().filter(|offer| allows(offer)).count();
        let Some(answers) = u64::try_from(answers).ok().filter(|count| *count > 0) else {
            continue;
        };
        for (share, offer) in shares.iter_mut().zip(&offers) {
            if allows(offer) {
                *share = share.saturating_add(weight.checked_div(answers).unwrap_or(0));
            }
        }
        allowing.push(Allowing { weight, answers });
    }
    let information = expected(&shares, &allowing, total);
    (offers.len() > 1 && information > 0).then_some(Asking {
        topic,
        information,
        offers,
    })
}
