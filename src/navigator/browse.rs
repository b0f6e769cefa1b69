//! A walk through the nomenclature: what a place is, what is above it, what is below it.

use super::national::National;
use super::result::{BrowseChild, BrowseNode, BrowseResult, BrowseStep};
use super::roman;
use super::search::Navigator;
use crate::error::{Error, ErrorCode, Field};
use crate::gather::{add, gather};
use crate::nomenclature::{CommodityCode, Level};

impl Navigator {
    /// Looks at a place: `None` for the sections, a roman numeral for one of them, or a code of up to six digits; with a
    /// destination's lines, of up to ten.
    ///
    /// # Errors
    /// [`ErrorCode::CodeMalformed`] for what is no code, [`ErrorCode::CodeUnknown`] for one that is not there.
    ///
    /// # Example
    /// ```
    /// # #[cfg(feature = "write")] {
    /// # use dutiable::navigator::{Navigator, NavigatorWriter};
    /// # let mut writer = NavigatorWriter::default();
    /// # writer.section(50, 63, "Textiles");
    /// # for (code, title) in [("61", "Apparel, knitted"), ("6109", "T-shirts and vests"), ("610910", "Of cotton"), ("610990", "Other")] {
    /// #     writer.node(code, title)?;
    /// # }
    /// # let written = writer.write()?;
    /// # let mut navigator = Navigator::open(&written.tree, written.index())?;
    /// # navigator.set_titles(&written.titles)?;
    /// let heading = navigator.browse(Some("6109"), None)?;
    /// let above: Vec<_> = heading.path.iter().map(|step| step.code.as_str()).collect();
    /// let below: Vec<_> = heading.children.iter().filter_map(|child| child.title).collect();
    /// assert_eq!((above, below), (vec!["I", "61"], vec!["Of cotton", "Other"]));
    /// # }
    /// # Ok::<(), dutiable::Error>(())
    /// ```
    pub fn browse<'a>(
        &'a self,
        place: Option<&str>,
        national: Option<&'a National>,
    ) -> Result<BrowseResult<'a>, Error> {
        let Some(place) = place else {
            return Ok(self.top());
        };
        if let Some(section) = roman::section(place, self.tree.section_count()) {
            return Ok(self.in_section(section));
        }
        let field = Field::of_request("code");
        let code = CommodityCode::parse(place).map_err(|error| error.or_at(field))?;
        let found = match self.tree.find(code) {
            Some(node) => self.at_node(node, national),
            None => national.and_then(|national| self.at_line(code, national)),
        };
        found.ok_or(Error::at(ErrorCode::CodeUnknown, field))
    }

    fn top(&self) -> BrowseResult<'_> {
        let mut sections = (0..self.tree.section_count()).map(|section| BrowseChild {
            code: Some(roman::numeral(section)),
            title: self.section_title(section),
            level: Level::Section,
            depth: 0,
            declarable: false,
            has_children: true,
        });
        BrowseResult {
            node: None,
            path: Vec::new(),
            children: gather(&mut sections),
        }
    }

    fn in_section(&self, section: usize) -> BrowseResult<'_> {
        let node = BrowseNode {
            code: roman::numeral(section),
            title: self.section_title(section),
            level: Level::Section,
        };
        let mut chapters = self
            .tree
            .chapters(section)
            .filter_map(|chapter| self.child(chapter, None));
        BrowseResult {
            node: Some(node),
            path: Vec::new(),
            children: gather(&mut chapters),
        }
    }

    fn at_node<'a>(
        &'a self,
        node: usize,
        national: Option<&'a National>,
    ) -> Option<BrowseResult<'a>> {
        let code = self.tree.code(node)?;
        let below = match national {
            Some(national) if code.length() == 6 => national.children(code),
            _ => {
                let children = self.tree.children(node);
                gather(&mut children.filter_map(|child| self.child(child, national)))
            }
        };
        let here = BrowseNode {
            code: code.to_string(),
            title: self.title(node),
            level: self.tree.level(node)?,
        };
        Some(BrowseResult {
            node: Some(here),
            path: self.above(node),
            children: below,
        })
    }

    fn at_line<'a>(
        &'a self,
        code: CommodityCode,
        national: &'a National,
    ) -> Option<BrowseResult<'a>> {
        let subheading = self.tree.find(code.prefix(6))?;
        let line = national.lines().find(code)?;
        let here = BrowseNode {
            code: code.to_string(),
            title: national.title(line),
            level: Level::National,
        };
        let mut path = self.above(subheading);
        path.push(self.step(subheading)?);
        path.append(&mut national.above(line));
        Some(BrowseResult {
            node: Some(here),
            path,
            children: national.children(code),
        })
    }

    fn child(&self, node: usize, national: Option<&National>) -> Option<BrowseChild<'_>> {
        let code = self.tree.code(node)?;
        let is_leaf = self.tree.under(node).is_empty();
        Some(BrowseChild {
            code: Some(code.to_string()),
            title: self.title(node),
            level: self.tree.level(node)?,
            depth: 0,
            declarable: national.is_some_and(|national| national.is_declarable(code)),
            has_children: !is_leaf || national.is_some_and(|national| national.has_children(code)),
        })
    }

    /// What is above a node, the section first.
    fn above(&self, node: usize) -> Vec<BrowseStep<'_>> {
        let section = self.tree.section_of(node);
        let section = section.map(|section| BrowseStep {
            code: roman::numeral(section),
            title: self.section_title(section),
        });
        let mut steps = gather(&mut section.into_iter());
        let above = self.tree.above(node);
        add(
            &mut steps,
            &mut above.iter().filter_map(|node| self.step(*node)),
        );
        steps
    }

    fn step(&self, node: usize) -> Option<BrowseStep<'_>> {
        Some(BrowseStep {
            code: self.tree.code(node)?.to_string(),
            title: self.title(node),
        })
    }
}
