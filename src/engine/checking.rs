//! Checking a code and a description that a seller has.

use super::Engine;
use super::asking::Checking;
use crate::error::Error;
use crate::navigator::CheckResult;

impl Engine {
    /// Checks a code, whether the destination takes it, and, where there is one, the description of the goods. A destination whose lines are
    /// not open is a finding.
    ///
    /// # Errors
    /// [`crate::ErrorCode::PackMissing`] where the navigator's packs are not open; and those of [`crate::navigator::Navigator::check`].
    pub fn check<'a>(&'a self, asked: &'a Checking) -> Result<CheckResult<'a>, Error> {
        let (navigator, list) = self.navigation.checking()?;
        navigator.check(
            &asked.code,
            asked.description.as_deref(),
            asked.ranking,
            self.navigation.schedule(asked.destination),
            list,
        )
    }
}
