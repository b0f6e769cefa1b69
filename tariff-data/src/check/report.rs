//! What a check found.

/// Figures and failures of one place.
#[derive(Debug)]
pub struct Report {
    name: String,
    figures: Vec<(String, String)>,
    failures: Vec<String>,
}

impl Report {
    /// An empty report on the place or subject `name`.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            figures: Vec::new(),
            failures: Vec::new(),
        }
    }

    /// A number worth reading.
    pub fn count(&mut self, what: &str, number: usize) {
        self.figure(what, number.to_string());
    }

    /// A figure that is more than a count.
    pub fn figure(&mut self, what: &str, figure: String) {
        self.figures.push((what.into(), figure));
    }

    /// A number that must equal another: the publisher's own, or one counted another way.
    pub fn against(&mut self, what: &str, ours: usize, published: usize) {
        self.figure(what, format!("{ours} (against {published})"));
        self.expect(ours == published, || {
            format!("{what}: {ours} here, {published} there")
        });
    }

    /// Something that must not be.
    pub fn fail(&mut self, what: String) {
        self.failures.push(what);
    }

    /// A failure unless `holds`; `what` is only made then.
    pub fn expect(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.fail(what());
        }
    }

    /// Prints the report, at most twenty failures of it, and returns how many there are.
    pub fn print(&self) -> usize {
        println!("{}", self.name);
        for (what, figure) in &self.figures {
            println!("  {what:<50} {figure}");
        }
        for failure in self.failures.iter().take(20) {
            println!("  FAILED {failure}");
        }
        if self.failures.len() > 20 {
            println!("  … {} failures in all", self.failures.len());
        }
        self.failures.len()
    }

    /// The failures, for tests.
    #[cfg(test)]
    pub fn failures(&self) -> &[String] {
        &self.failures
    }
}
