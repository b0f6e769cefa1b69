//! The policy lab: the same baskets under rule set A and rule set B.
//!
//! B is A with a [`Patch`]: limits and amounts moved, rules out of force, rules added, each from a day on. A rule set is immutable and
//! has an id, the SHA-256 of the rules' pack, or of that id and the patch; a patch names the id that it was written for. Before its
//! first day a patch changes nothing: [`run`] quotes every basket twice and counts what differs then as a leak.
//!
//! Nothing here models behaviour: buyers buy the same under A and B. What a declaration costs the party that makes it is no fact of
//! law, so it is the caller's own assumption, or unknown.

mod citation;
mod markdown;
mod operation;
mod patch;
mod path;
mod report;
mod rule_set;
mod run;
mod sample;
mod soundness;
mod tally;

pub use patch::{Neutralising, Patch, Setting};
pub use path::RulePath;
pub use report::{
    Change, Cost, Counts, Declarations, Group, Pair, ParcelsCharged, PatchUsed, Report, Revenue,
    SetUsed, Share,
};
pub use rule_set::RuleSet;
pub use run::{Settings, run};
pub use sample::{Sample, SampledBasket};
pub use soundness::faults;

pub use crate::refusal::Refusal;
