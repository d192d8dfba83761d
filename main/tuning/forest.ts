import type { Random } from '../models/random'

/** The unit interval, or a number of equally likely choices. */
export type Axis = { kind: 'range' } | { kind: 'choice'; size: number }

/** What a leaf covers of an axis. */
export type Side = { from: number; to: number } | { choices: readonly number[] }

/** A part of the space with the mean of what was measured there; the leaves of a tree fill the space without overlap. */
export interface Leaf {
  box: readonly Side[]
  value: number
}

export interface Sample {
  /** A number from 0 to 1 on a range, the place of a choice. */
  places: readonly number[]
  value: number
}

export const trees = 64
const fewestInLeaf = 2
const mostLeaves = 50

/**
 * A random forest (Breiman 2001): each tree is grown on samples drawn with replacement, each node is cut where the squared
 * errors fall most. A range is cut between two samples, a choice is set apart from the others. Whatever the sign of the
 * values, the cuts are the same.
 */
export function growForest(axes: readonly Axis[], samples: readonly Sample[], random: Random): Leaf[][] {
  return Array.from({ length: trees }, (_, tree) => {
    const draw = random.derive(`tree ${tree}`)
    const drawn = samples.map(() => samples[draw.integer(samples.length)])
    return grow(axes, drawn)
  })
}

/** One tree on the samples as they are. */
export function grow(axes: readonly Axis[], samples: readonly Sample[]): Leaf[] {
  const fewest = Math.max(fewestInLeaf, Math.ceil(samples.length / mostLeaves))
  const whole = axes.map((axis) =>
    axis.kind === 'range' ? { from: 0, to: 1 } : { choices: Array.from({ length: axis.size }, (_, at) => at) },
  )
  return split(whole, samples, fewest)
}

function split(box: readonly Side[], samples: readonly Sample[], fewest: number): Leaf[] {
  const cut = bestCut(box, samples, fewest)
  if (!cut) return [{ box, value: sumOf(samples) / samples.length }]
  return [true, false].flatMap((inside) => {
    const part = box.map((side, axis) => (axis === cut.axis ? sideOf(side, cut, inside) : side))
    return split(
      part,
      samples.filter((sample) => isInside(cut, sample) === inside),
      fewest,
    )
  })
}

type Cut = { axis: number } & ({ below: number } | { choice: number })

function isInside(cut: Cut, { places }: Sample): boolean {
  return 'below' in cut ? places[cut.axis] < cut.below : places[cut.axis] === cut.choice
}

function sideOf(side: Side, cut: Cut, inside: boolean): Side {
  if ('below' in cut && 'from' in side) return inside ? { ...side, to: cut.below } : { ...side, from: cut.below }
  if ('choice' in cut && 'choices' in side) {
    return { choices: side.choices.filter((choice) => (choice === cut.choice) === inside) }
  }
  return side
}

/** The first of the best cuts, or null where none makes the errors less. */
function bestCut(box: readonly Side[], samples: readonly Sample[], fewest: number): Cut | null {
  if (samples.length < 2 * fewest) return null
  const all = sumOf(samples)
  const size = samples.length
  let best: Cut | null = null
  // Sums that differ by rounding alone are no gain.
  let most = (all * all) / size + 1e-12 * samples.reduce((sum, { value }) => sum + value * value, 0)
  const consider = (cut: Cut, count: number, sum: number) => {
    if (count < fewest || size - count < fewest) return
    const gain = (sum * sum) / count + ((all - sum) * (all - sum)) / (size - count)
    if (gain <= most) return
    most = gain
    best = cut
  }
  box.forEach((side, axis) => {
    if ('from' in side) cutRange(samples, axis, consider)
    else for (const choice of side.choices) cutChoice(samples, axis, choice, consider)
  })
  return best
}

type Consider = (cut: Cut, count: number, sum: number) => void

function cutRange(samples: readonly Sample[], axis: number, consider: Consider): void {
  const sorted = [...samples].sort((a, b) => a.places[axis] - b.places[axis])
  let sum = 0
  for (let at = 1; at < sorted.length; at++) {
    sum += sorted[at - 1].value
    const [left, right] = [sorted[at - 1].places[axis], sorted[at].places[axis]]
    if (left < right) consider({ axis, below: (left + right) / 2 }, at, sum)
  }
}

function cutChoice(samples: readonly Sample[], axis: number, choice: number, consider: Consider): void {
  const inside = samples.filter(({ places }) => places[axis] === choice)
  consider({ axis, choice }, inside.length, sumOf(inside))
}

function sumOf(samples: readonly Sample[]): number {
  return samples.reduce((sum, { value }) => sum + value, 0)
}
