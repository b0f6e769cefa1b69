//! What the facets say of a place, for whoever reviews them: `cargo tariff guide show 6403`.

use std::path::Path;

use anyhow::Result;

use super::Derived;

/// Prints each subheading under a code with its values.
///
/// # Errors
/// As [`super::build`].
pub(crate) fn show(folder: &Path, code: &str) -> Result<()> {
    let derived = Derived::read(folder)?;
    let shown = derived.nodes.iter().zip(&derived.values);
    for (node, values) in shown.filter(|(node, _)| node.code.starts_with(code)) {
        println!("{} {}", node.code, node.title);
        if node.code.len() < 6 {
            continue;
        }
        for (facet, values) in derived.vocabulary.facets.iter().zip(values) {
            let names: Vec<&str> = facet.names(*values).collect();
            if !names.is_empty() {
                println!("    {}: {}", facet.id, names.join(", "));
            }
        }
    }
    Ok(())
}
