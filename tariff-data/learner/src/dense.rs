//! Vectors of features, leaves and branches, learned together.

use crate::exponential::softmax;
use crate::random::Random;
use crate::{Target, Tree};

/// How fast what is learned.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    /// Of the vectors of features.
    pub features: f32,
    /// Of the vectors and the biases of leaves and branches.
    pub classes: f32,
    /// The share of the target that goes to the branch.
    pub smoothing: f32,
}

/// Numbers that are learned, with the sum of their squared gradients: each moves the less, the more it has moved (Adagrad, Duchi et al. 2011).
#[derive(Debug, Clone)]
struct Learned {
    values: Vec<f32>,
    moved: Vec<f32>,
    width: usize,
}

impl Learned {
    fn new(rows: usize, width: usize, random: &mut Random, spread: f32) -> Self {
        let values = (0..rows * width).map(|_| (random.share() - 0.5) * 2.0 * spread);
        Self {
            values: values.collect(),
            moved: vec![1e-6; rows * width],
            width,
        }
    }

    #[inline]
    fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.width..(row + 1) * self.width]
    }

    /// Moves a row against the gradient, which is a vector times a factor.
    #[inline]
    fn descend(&mut self, row: usize, gradient: &[f32], factor: f32, rate: f32) {
        let range = row * self.width..(row + 1) * self.width;
        let moved = &mut self.moved[range.clone()];
        for ((value, moved), slope) in self.values[range].iter_mut().zip(moved).zip(gradient) {
            let slope = slope * factor;
            *moved += slope * slope;
            *value -= rate * slope / moved.sqrt();
        }
    }
}

/// A dense model: how well a text's vector fits a leaf's.
#[derive(Debug, Clone)]
pub struct Dense {
    tree: Tree,
    width: usize,
    features: Learned,
    leaves: Learned,
    branches: Learned,
    biases: Learned,
    scores: Vec<f32>,
    branch_scores: Vec<f32>,
    branch_excess: Vec<f32>,
    text: Vec<f32>,
    slope: Vec<f32>,
}

/// What is nearly right is left as it is: most leaves, most of the time.
const NEGLIGIBLE: f32 = 5e-4;

impl Dense {
    /// A model that knows nothing yet.
    #[must_use]
    pub fn new(tree: Tree, features: usize, width: usize, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut learned = |rows, width, spread| Learned::new(rows, width, &mut random, spread);
        Self {
            width,
            features: learned(features, width, 0.5),
            leaves: learned(tree.leaves(), width, 0.1),
            branches: learned(tree.branches(), width, 0.1),
            biases: learned(tree.leaves(), 1, 0.0),
            scores: vec![0.0; tree.leaves()],
            branch_scores: vec![0.0; tree.branches()],
            branch_excess: vec![0.0; tree.branches()],
            text: vec![0.0; width],
            slope: vec![0.0; width],
            tree,
        }
    }

    /// The share of each of so many features in a text's vector: longer texts have longer sums.
    #[must_use]
    pub fn share(features: usize) -> f32 {
        1.0 / (features.max(1) as f32).sqrt()
    }

    /// The vector of a feature.
    #[must_use]
    pub fn feature(&self, feature: usize) -> &[f32] {
        self.features.row(feature)
    }

    /// The vector of a leaf, which counts together with its branch's.
    #[must_use]
    pub fn leaf(&self, leaf: usize) -> &[f32] {
        self.leaves.row(leaf)
    }

    /// The vector of a branch.
    #[must_use]
    pub fn branch(&self, branch: usize) -> &[f32] {
        self.branches.row(branch)
    }

    /// What a leaf has before any text.
    #[must_use]
    pub fn bias(&self, leaf: usize) -> f32 {
        self.biases.values[leaf]
    }

    /// Scores of the leaves for a bag of features.
    pub fn forward(&mut self, bag: &[usize]) -> &mut [f32] {
        let share = Self::share(bag.len());
        self.text.fill(0.0);
        for feature in bag {
            for (sum, value) in self.text.iter_mut().zip(self.features.row(*feature)) {
                *sum += value * share;
            }
        }
        let branches = self.branches.values.chunks_exact(self.width);
        for (score, row) in self.branch_scores.iter_mut().zip(branches) {
            *score = dot(&self.text, row);
        }
        let leaves = self.leaves.values.chunks_exact(self.width);
        let below = self.tree.branch_of.iter().zip(&self.biases.values);
        for ((score, row), (branch, bias)) in self.scores.iter_mut().zip(leaves).zip(below) {
            *score = dot(&self.text, row) + self.branch_scores[*branch] + bias;
        }
        &mut self.scores
    }

    /// Learns one text beside a share of what another model scores the leaves: what that one knows need not be learned. `rate` scales all rates.
    /// Gives the probability that the target had.
    pub fn learn(
        &mut self,
        bag: &[usize],
        (other, share): (&[f32], f32),
        target: Target,
        rates: Rates,
        rate: f32,
    ) -> f32 {
        self.forward(bag);
        for (score, other) in self.scores.iter_mut().zip(other) {
            *score += share * other;
        }
        softmax(&mut self.scores);
        let had = match target {
            Target::Leaf(leaf) => self.scores[leaf],
            Target::Branch(branch) => self.scores[self.tree.leaves_of(branch)].iter().sum(),
        };
        self.tree.excess(&mut self.scores, target, rates.smoothing);
        self.slope.fill(0.0);
        self.branch_excess.fill(0.0);
        let classes = rates.classes * rate;
        for leaf in 0..self.scores.len() {
            let excess = self.scores[leaf];
            self.branch_excess[self.tree.branch_of(leaf)] += excess;
            if excess.abs() > NEGLIGIBLE {
                add(&mut self.slope, self.leaves.row(leaf), excess);
                self.leaves.descend(leaf, &self.text, excess, classes);
                self.biases.descend(leaf, &[1.0], excess, classes);
            }
        }
        for branch in 0..self.branch_excess.len() {
            let excess = self.branch_excess[branch];
            if excess.abs() > NEGLIGIBLE {
                add(&mut self.slope, self.branches.row(branch), excess);
                self.branches.descend(branch, &self.text, excess, classes);
            }
        }
        let share = Self::share(bag.len());
        for feature in bag {
            self.features
                .descend(*feature, &self.slope, share, rates.features * rate);
        }
        had
    }

    /// Numbers in a vector.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }
}

#[inline]
fn add(to: &mut [f32], row: &[f32], factor: f32) {
    for (sum, value) in to.iter_mut().zip(row) {
        *sum += value * factor;
    }
}

/// Eight sums side by side, then one.
#[inline]
fn dot(one: &[f32], other: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    for (one, other) in one.as_chunks::<8>().0.iter().zip(other.as_chunks::<8>().0) {
        for ((lane, one), other) in lanes.iter_mut().zip(one).zip(other) {
            *lane += one * other;
        }
    }
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + b) + (c + d)) + ((e + f) + (g + h))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATES: Rates = Rates {
        features: 0.3,
        classes: 0.1,
        smoothing: 0.0,
    };

    /// Nothing beside.
    const ALONE: (&[f32], f32) = (&[], 0.0);

    /// Feature 0 is of leaf 0, feature 1 of leaf 1 on the same branch, feature 2 of leaf 2; feature 3 stands beside all of them.
    fn taught() -> Dense {
        let mut dense = Dense::new(Tree::new(vec![0, 0, 1]), 4, 8, 1);
        for step in 0..600 {
            let leaf = step % 3;
            dense.learn(&[leaf, 3], ALONE, Target::Leaf(leaf), RATES, 1.0);
        }
        dense
    }

    #[test]
    fn what_is_taught_is_known() {
        let mut dense = taught();
        for leaf in 0..3 {
            let scores = dense.forward(&[leaf]).to_vec();
            let best = (0..3).max_by(|one, other| scores[*one].total_cmp(&scores[*other]));
            assert_eq!(best, Some(leaf), "{scores:?}");
        }
    }

    #[test]
    fn what_another_model_knows_is_not_learned() {
        let mut dense = Dense::new(Tree::new(vec![0, 0, 1]), 1, 8, 1);
        let had = dense.learn(&[0], (&[0.0, 40.0, 0.0], 0.5), Target::Leaf(1), RATES, 1.0);
        assert!(had > 0.99, "{had}");
        let scores = dense.forward(&[0]);
        assert!(scores.iter().all(|score| score.abs() < 1.0), "{scores:?}");
    }

    #[test]
    fn the_same_lessons_leave_the_same_bits() {
        let (one, other) = (taught(), taught());
        assert_eq!(one.features.values, other.features.values);
        assert_eq!(one.leaves.values, other.leaves.values);
    }

    #[test]
    fn a_branch_is_learned_without_a_leaf() {
        let mut dense = Dense::new(Tree::new(vec![0, 0, 1]), 1, 8, 1);
        let mut had = 0.0;
        for _ in 0..200 {
            had = dense.learn(&[0], ALONE, Target::Branch(0), RATES, 1.0);
        }
        assert!(had > 0.9, "{had}");
    }
}
