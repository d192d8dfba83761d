import type { Axis, Leaf, Side } from './forest'

/** Of the variance of a forest over its space: the share that each axis explains alone, and each pair beyond both. */
export interface Shares {
  alone: number[]
  /** `pairs[a][b]` for a < b; 0 elsewhere. */
  pairs: number[][]
}

/**
 * Functional analysis of variance of a random forest (Hutter, Hoos and Leyton-Brown 2014). The marginal of some axes is
 * the mean over all the others, which the boxes of the leaves give exactly; the shares are the means over the trees.
 */
export function sharesOf(axes: readonly Axis[], forest: readonly (readonly Leaf[])[]): Shares {
  const shares: Shares = { alone: axes.map(() => 0), pairs: axes.map(() => axes.map(() => 0)) }
  for (const leaves of forest) {
    const tree = centred(axes, leaves)
    const total = varianceOf(tree, [...axes.keys()])
    if (total <= 0) continue
    const alone = axes.map((_, axis) => varianceOf(tree, [axis]))
    for (const a of axes.keys()) {
      shares.alone[a] += alone[a] / total / forest.length
      for (let b = a + 1; b < axes.length; b++) {
        const together = varianceOf(tree, [a, b]) - alone[a] - alone[b]
        shares.pairs[a][b] += Math.max(0, together) / total / forest.length
      }
    }
  }
  return shares
}

interface Centred {
  axes: readonly Axis[]
  leaves: readonly Leaf[]
  /** Of each leaf, the share that it covers of each axis. */
  covers: number[][]
}

/** Values less their mean over the space. */
function centred(axes: readonly Axis[], leaves: readonly Leaf[]): Centred {
  const covers = leaves.map(({ box }) => box.map((side, axis) => overlap(axes[axis], side, side)))
  const mean = leaves.reduce((sum, { value }, at) => sum + value * product(covers[at]), 0)
  return { axes, leaves: leaves.map((leaf) => ({ ...leaf, value: leaf.value - mean })), covers }
}

/** The variance of the marginal of `chosen` axes: sum over pairs of leaves of values x covers of the others x overlap. */
function varianceOf({ axes, leaves, covers }: Centred, chosen: readonly number[]): number {
  const weights = leaves.map(({ value }, at) => value * product(covers[at].filter((_, axis) => !chosen.includes(axis))))
  let sum = 0
  for (let a = 0; a < leaves.length; a++) {
    for (let b = 0; b < leaves.length; b++) {
      const common = product(chosen.map((axis) => overlap(axes[axis], leaves[a].box[axis], leaves[b].box[axis])))
      sum += weights[a] * weights[b] * common
    }
  }
  return sum
}

function overlap(axis: Axis, a: Side, b: Side): number {
  if ('from' in a && 'from' in b) return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from))
  if (axis.kind === 'range' || 'from' in a || 'from' in b) return 0
  return a.choices.filter((choice) => b.choices.includes(choice)).length / axis.size
}

function product(numbers: readonly number[]): number {
  return numbers.reduce((result, number) => result * number, 1)
}
