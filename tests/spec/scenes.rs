//! Beginnings that are hard: what courts do to each other, laid over the first genes of a register.

use super::genome::Gene;

/// The kind of gene that issues an order.
const ORDER: u8 = 0;

/// What the first genes are to be: kind and target, and what is done with it.
const SCENES: [&[[u8; 3]]; 13] = [
    &[],
    // A stay of an injunction, and a stay of that.
    &[[0, 0, 0], [34, 0, 0], [60, 0, 0]],
    &[[0, 0, 0], [34, 0, 0], [60, 0, 0], [60, 0, 1]],
    // Shields of two courts, of which one is lifted.
    &[[0, 0, 0], [34, 0, 0], [85, 0, 0]],
    &[[0, 0, 0], [34, 0, 0], [85, 0, 0], [109, 0, 0]],
    // An injunction, and a vacatur, reversed on appeal with the mandate.
    &[[0, 0, 0], [34, 0, 0], [141, 1, 0], [159, 0, 0], [176, 0, 0]],
    &[[0, 0, 0], [120, 0, 1], [141, 2, 0], [159, 0, 0], [176, 0, 0]],
    // A stay pending appeal that ends with the mandate.
    &[[0, 0, 0], [34, 0, 0], [141, 1, 0], [186, 0, 0], [159, 0, 5], [176, 0, 0]],
    // A restraining order that lapses.
    &[[0, 0, 0], [95, 0, 0]],
    // Apps and organisations sold and sold again.
    &[[0, 0, 0], [219, 0, 1], [219, 2, 2], [219, 0, 3]],
    &[[0, 0, 0], [219, 0, 2], [219, 3, 3], [34, 0, 0]],
    // A ban of one part of a country, and one that leaves that part out.
    &[[0, 0, 0], [0, 0, 0], [34, 0, 0]],
    // Non-enforcement, declared again and extended.
    &[[0, 0, 0], [192, 0, 0], [192, 0, 0], [206, 3, 1]],
];

/// The genes with a scene laid over the first of them: plain grants against orders of any reach, and one gene in eight
/// with all its oddities.
pub(crate) fn laid_over(scene: u8, genes: &[Gene]) -> Vec<Gene> {
    let scene = SCENES.iter().cycle().nth(scene.into()).copied().unwrap_or_default();
    let mut all: Vec<Gene> = Vec::new();
    for (index, [kind, target, other]) in scene.iter().copied().enumerate() {
        let [.., scope, scope2, effect, delay, span, span2, step, more] =
            genes.get(index).copied().unwrap_or_default();
        all.push(match (kind, more % 8) {
            (_, 7) => [kind, target, other, scope, scope2, effect, delay, span, span2, step, more],
            (ORDER, 1 | 3 | 5) => [kind, target, other, scope, scope2, 0, delay, 0, 0, step, 0],
            _ => [kind, target, other, 0, 0, 0, delay, 0, 0, step, 0],
        });
    }
    all.extend(genes.iter().skip(scene.len()));
    all
}
