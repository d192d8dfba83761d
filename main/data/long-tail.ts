import type { LongTail, TailPart } from '../contract/exploration'

/** `members` users or items that have `interactions` each. */
export interface Level {
  interactions: number
  members: number
}

const mostSteps = 100

/**
 * How unequally interactions are spread over users or items, from the number of members at each level, ascending.
 *
 * Gini coefficient: 1 - the sum over members, ascending, of (L(i) + L(i - 1)) / N, with L the Lorenz curve (Gini 1912).
 * Head and tail: the most and the least popular with 20 % of the interactions each (Abdollahpouri et al. 2021,
 * User-centered evaluation of popularity bias in recommender systems). Equal members are interchangeable.
 */
export function longTail(levels: readonly Level[]): LongTail {
  const members = levels.reduce((sum, level) => sum + level.members, 0)
  const total = levels.reduce((sum, level) => sum + level.members * level.interactions, 0)
  const head = headOf(levels, Math.ceil(total / 5))
  const tail = tailOf(levels, Math.floor(total / 5))
  const torso = {
    count: members - head.count - tail.count,
    interactions: total - head.interactions - tail.interactions,
  }
  return { gini: gini(levels, members, total), lorenz: lorenz(levels, members, total), head, torso, tail }
}

function gini(levels: readonly Level[], members: number, total: number): number {
  let [below, area] = [0, 0]
  for (const level of levels) {
    const own = level.members * level.interactions
    area += level.members * (2 * below + own)
    below += own
  }
  return total === 0 ? 0 : 1 - area / (members * total)
}

/** The curve at equal steps of members: all its corners where there are no more than steps. */
function lorenz(levels: readonly Level[], members: number, total: number): LongTail['lorenz'] {
  const steps = Math.max(1, Math.min(mostSteps, members))
  const points: LongTail['lorenz'] = []
  let [at, before, below] = [0, 0, 0]
  for (let step = 0; step <= steps; step++) {
    const place = (step / steps) * members
    while (at < levels.length - 1 && before + levels[at].members < place) {
      before += levels[at].members
      below += levels[at].members * levels[at].interactions
      at++
    }
    const interactions = total === 0 ? step / steps : (below + (place - before) * levels[at].interactions) / total
    points.push({ share: step / steps, interactions })
  }
  return points
}

function headOf(levels: readonly Level[], enough: number): TailPart {
  const part = { count: 0, interactions: 0 }
  for (const level of levels.toReversed()) {
    const taken = Math.min(level.members, Math.ceil((enough - part.interactions) / level.interactions))
    part.count += taken
    part.interactions += taken * level.interactions
    if (part.interactions >= enough) break
  }
  return part
}

function tailOf(levels: readonly Level[], most: number): TailPart {
  const part = { count: 0, interactions: 0 }
  for (const level of levels) {
    const taken = Math.min(level.members, Math.floor((most - part.interactions) / level.interactions))
    part.count += taken
    part.interactions += taken * level.interactions
    if (taken < level.members) break
  }
  return part
}
