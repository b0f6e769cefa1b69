//! How much each word says: learned from what the other texts of a leaf say of it.

use crate::exponential::softmax;
use crate::{Target, Tree};

/// How often each feature was met in the texts of each leaf, by source's weight.
#[derive(Debug, Clone, Default)]
pub struct Pairs {
    starts: Vec<usize>,
    leaves: Vec<usize>,
    counts: Vec<f32>,
}

impl Pairs {
    /// The pairs of so many features, given ascending: (feature, leaf, count).
    #[must_use]
    pub fn new(features: usize, pairs: impl IntoIterator<Item = (usize, usize, f32)>) -> Self {
        let mut built = Self {
            starts: vec![0],
            ..Self::default()
        };
        for (feature, leaf, count) in pairs {
            while built.starts.len() <= feature {
                built.starts.push(built.leaves.len());
            }
            built.leaves.push(leaf);
            built.counts.push(count);
        }
        while built.starts.len() <= features {
            built.starts.push(built.leaves.len());
        }
        built
    }

    /// The leaves of a feature with their counts.
    pub fn of(&self, feature: usize) -> impl Iterator<Item = (usize, f32)> + '_ {
        let range = self.starts[feature]..self.starts[feature + 1];
        self.leaves[range.clone()]
            .iter()
            .copied()
            .zip(self.counts[range].iter().copied())
    }

    /// How many leaves a feature was met in.
    #[must_use]
    pub fn bearers(&self, feature: usize) -> usize {
        self.starts[feature + 1] - self.starts[feature]
    }
}

/// The share of the target that goes to the branch.
const SMOOTHING: f32 = 0.05;

/// A model of one number a feature: what it is worth that the feature was met in a leaf's texts.
#[derive(Debug, Clone)]
pub struct Salience {
    tree: Tree,
    /// Of a feature for the leaf, and for its branch.
    values: Vec<[f32; 2]>,
    moved: Vec<[f32; 2]>,
    scores: Vec<f32>,
    branch_counts: Vec<f32>,
    touched: Vec<usize>,
}

impl Salience {
    /// A model that begins with these values.
    #[must_use]
    pub fn new(tree: Tree, values: Vec<[f32; 2]>) -> Self {
        Self {
            moved: vec![[0.1; 2]; values.len()],
            values,
            scores: vec![0.0; tree.leaves()],
            branch_counts: vec![0.0; tree.branches()],
            touched: Vec::new(),
            tree,
        }
    }

    /// What a count is worth: more, but ever less so.
    #[must_use]
    pub fn worth(count: f32) -> f32 {
        2.2 * count / (count + 1.2)
    }

    /// The values.
    #[must_use]
    pub fn values(&self) -> &[[f32; 2]] {
        &self.values
    }

    /// Scores of the leaves. `own` is what the text itself adds to the counts of its leaf, feature by feature, and is left out there.
    pub fn forward(
        &mut self,
        pairs: &Pairs,
        bag: &[usize],
        share: f32,
        own: Option<(usize, &[f32])>,
    ) -> &mut [f32] {
        self.scores.fill(0.0);
        for (at, feature) in bag.iter().enumerate() {
            let [leaf_value, branch_value] = self.values[*feature];
            self.touch(pairs, *feature, one(own, at), |model, leaf, count| {
                model.scores[leaf] += leaf_value * share * Self::worth(count);
            });
            for at in 0..self.touched.len() {
                let branch = self.touched[at];
                let worth = branch_value * share * Self::worth(self.branch_counts[branch]);
                for leaf in self.tree.leaves_of(branch) {
                    self.scores[leaf] += worth;
                }
            }
        }
        &mut self.scores
    }

    /// Visits the leaves of a feature, and leaves behind what its branches count.
    fn touch(
        &mut self,
        pairs: &Pairs,
        feature: usize,
        own: Option<(usize, f32)>,
        mut visit: impl FnMut(&mut Self, usize, f32),
    ) {
        for branch in self.touched.drain(..) {
            self.branch_counts[branch] = 0.0;
        }
        for (leaf, count) in pairs.of(feature) {
            let own = own.map_or(0.0, |(of, count)| if of == leaf { count } else { 0.0 });
            let count = count - own;
            if count > 1e-3 {
                visit(self, leaf, count);
                let branch = self.tree.branch_of(leaf);
                if self.branch_counts[branch] == 0.0 {
                    self.touched.push(branch);
                }
                self.branch_counts[branch] += count;
            }
        }
    }

    /// Learns one text.
    pub fn learn(
        &mut self,
        pairs: &Pairs,
        bag: &[usize],
        share: f32,
        own: Option<(usize, &[f32])>,
        target: Target,
        rate: f32,
    ) -> f32 {
        self.forward(pairs, bag, share, own);
        softmax(&mut self.scores);
        let had = match target {
            Target::Leaf(leaf) => self.scores[leaf],
            Target::Branch(branch) => self.scores[self.tree.leaves_of(branch)].iter().sum(),
        };
        self.tree.excess(&mut self.scores, target, SMOOTHING);
        for (at, feature) in bag.iter().enumerate() {
            let mut slopes = [0.0_f32; 2];
            self.touch(pairs, *feature, one(own, at), |model, leaf, count| {
                slopes[0] += model.scores[leaf] * share * Self::worth(count);
            });
            for branch in &self.touched {
                let excess: f32 = self.scores[self.tree.leaves_of(*branch)].iter().sum();
                slopes[1] += excess * share * Self::worth(self.branch_counts[*branch]);
            }
            let both = self.values[*feature]
                .iter_mut()
                .zip(&mut self.moved[*feature]);
            for ((value, moved), slope) in both.zip(slopes) {
                *moved += slope * slope;
                *value = (*value - rate * slope / moved.sqrt()).max(0.0);
            }
        }
        had
    }
}

/// Of what a text adds itself, that of one of its features.
fn one(own: Option<(usize, &[f32])>, at: usize) -> Option<(usize, f32)> {
    own.map(|(leaf, counts)| (leaf, counts[at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_does_not_answer_for_itself() {
        let pairs = Pairs::new(1, [(0, 0, 1.0), (0, 1, 1.0)]);
        let mut salience = Salience::new(Tree::new(vec![0, 1]), vec![[1.0, 0.0]]);
        let worth = Salience::worth(1.0);
        assert_eq!(salience.forward(&pairs, &[0], 1.0, None), [worth, worth]);
        let own = Some((0, [1.0].as_slice()));
        assert_eq!(salience.forward(&pairs, &[0], 1.0, own), [0.0, worth]);
    }

    #[test]
    fn a_word_that_stands_anywhere_loses_its_worth() {
        // Feature 0 is met in leaf 0 alone; feature 1 in both, whatever the text is of.
        let pairs = Pairs::new(2, [(0, 0, 4.0), (1, 0, 2.0), (1, 1, 4.0)]);
        let mut salience = Salience::new(Tree::new(vec![0, 1]), vec![[1.0, 0.0]; 2]);
        for _ in 0..200 {
            salience.learn(&pairs, &[0, 1], 1.0, None, Target::Leaf(0), 0.1);
        }
        let [telling, idle] = salience.values() else {
            unreachable!()
        };
        assert!(telling[0] > 1.5 && idle[0] < 0.7, "{telling:?} {idle:?}");
    }
}
