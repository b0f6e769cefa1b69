//! Rules with an id.

use super::{Patch, Refusal, operation, soundness};
use crate::destination::Rules;
use crate::engine::{Engine, hexadecimal};
use crate::pack::PackKind;
use sha2::{Digest, Sha256};

/// A territory's rules, and the id that they have for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSet {
    /// The id, in hexadecimal: SHA-256 of the rules' pack; of a reform, of the base's id, a line feed and the SHA-256 of the patch.
    pub id: String,
    /// The rules.
    pub rules: Rules,
}

impl RuleSet {
    /// The rules of an open pack, by its SHA-256.
    #[must_use]
    pub fn of_pack(engine: &Engine, sha256: &str) -> Option<Self> {
        let of_rules = |kind| kind == PackKind::Rules;
        let mut packs = engine.packs().iter();
        let pack = packs.find(|pack| of_rules(pack.kind) && pack.sha256 == sha256)?;
        let mut rules = engine.rules().iter();
        let rules = rules.find(|rules| rules.territory == pack.about.tariff)?;
        Some(Self {
            id: pack.sha256.clone(),
            rules: rules.clone(),
        })
    }

    /// The rules with a reform; these stay as they are.
    ///
    /// # Errors
    /// A patch of other rules; a path, place or value that there is not; changes that overlap; rules that do not hold together any more.
    pub fn patched(&self, patch: &Patch) -> Result<Self, Refusal> {
        if patch.base != self.id {
            return Err(Refusal::new(format!(
                "the patch was written for the rules {}, and these are {}",
                patch.base, self.id
            )));
        }
        let rules = operation::apply(&self.rules, patch)?;
        if let Some(first) = soundness::faults(&rules)
            .into_iter()
            .find(|fault| !soundness::faults(&self.rules).contains(fault))
        {
            return Err(Refusal::new(first));
        }
        Ok(Self {
            id: hexadecimal(&Sha256::digest(format!("{}\n{}", self.id, patch.sha256))),
            rules,
        })
    }
}
