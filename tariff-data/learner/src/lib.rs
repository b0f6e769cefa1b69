//! Learns which goods words stand for.
//!
//! The learner knows nothing of customs: a text is a bag of features, features have vectors, the leaves and branches of a tree have
//! vectors, and the dot product of a text's vector with a leaf's (and its branch's) says how well they fit. All vectors are learned
//! together from labelled texts, by descending the gradient of the softmax's loss.
//!
//! **The same on every machine.** One thread; numbers drawn by our own generator from a fixed seed; sums in a fixed order; and only
//! operations that IEEE 754 rounds exactly: `+ − × ÷ √`. The exponential is our own polynomial, for a library's may differ in its last bit.

mod dense;
mod exponential;
mod random;
mod salience;

pub use dense::{Dense, Rates};
pub use exponential::{exp, softmax};
pub use random::Random;
pub use salience::{Pairs, Salience};

/// What a text stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A leaf of the tree.
    Leaf(usize),
    /// A branch: one of its leaves, and nobody says which.
    Branch(usize),
}

/// A tree of two levels: leaves on branches, the leaves of a branch side by side.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    branch_of: Vec<usize>,
    leaves_of: Vec<core::ops::Range<usize>>,
}

impl Tree {
    /// The tree whose leaves hang on these branches, which ascend without a gap.
    #[must_use]
    pub fn new(branch_of: Vec<usize>) -> Self {
        let mut leaves_of: Vec<core::ops::Range<usize>> = Vec::new();
        for (leaf, branch) in branch_of.iter().enumerate() {
            if leaves_of.len() == *branch {
                leaves_of.push(leaf..leaf);
            }
            if let Some(last) = leaves_of.last_mut() {
                last.end = leaf + 1;
            }
        }
        Self {
            branch_of,
            leaves_of,
        }
    }

    /// How many leaves there are.
    #[must_use]
    pub fn leaves(&self) -> usize {
        self.branch_of.len()
    }

    /// How many branches there are.
    #[must_use]
    pub fn branches(&self) -> usize {
        self.leaves_of.len()
    }

    /// The branch of a leaf.
    #[must_use]
    pub fn branch_of(&self, leaf: usize) -> usize {
        self.branch_of[leaf]
    }

    /// The leaves of a branch.
    #[must_use]
    pub fn leaves_of(&self, branch: usize) -> core::ops::Range<usize> {
        self.leaves_of[branch].clone()
    }

    /// The gradient of the loss by the leaves' scores, in place of their probabilities: what each has too much. A share of the target goes to
    /// the branch as a whole, divided as the probabilities are: that a neighbour is nearly right need not be unlearned.
    pub fn excess(&self, probabilities: &mut [f32], target: Target, smoothing: f32) {
        let (branch, share) = match target {
            Target::Leaf(leaf) => (self.branch_of(leaf), smoothing),
            Target::Branch(branch) => (branch, 1.0),
        };
        let leaves = self.leaves_of(branch);
        let sum: f32 = probabilities[leaves.clone()].iter().sum();
        for probability in &mut probabilities[leaves] {
            *probability -= share * *probability / sum.max(1e-9);
        }
        if let Target::Leaf(leaf) = target {
            probabilities[leaf] -= 1.0 - smoothing;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_excess_sums_to_nothing() {
        let tree = Tree::new(vec![0, 0, 1]);
        assert_eq!((tree.leaves(), tree.branches()), (3, 2));
        assert_eq!(tree.leaves_of(0), 0..2);
        for target in [Target::Leaf(1), Target::Branch(0)] {
            let mut excess = [0.5, 0.25, 0.25];
            tree.excess(&mut excess, target, 0.1);
            assert!(excess.iter().sum::<f32>().abs() < 1e-6, "{excess:?}");
            assert!(excess[2] > 0.0 && excess[1] < 0.0);
        }
    }
}
