import type { NamedArrays } from '../../compute/tensorflow/tensorflow'
import type { Interactions } from '../model'

/** Stretches of histories: window n is `itemIndices[from[n] .. to[n]]` of user `users[n]`. */
export interface Windows {
  readonly users: Uint32Array
  readonly from: Uint32Array
  readonly to: Uint32Array
}

/** Whether a session begins with this interaction, which is not the first of its user. */
export type Breaks = (at: number) => boolean

/** Where more than `hours` lie between two interactions; never where `hours` is 0 or there are no times. */
export function breaksOf({ timestamps }: Interactions, hours: number): Breaks {
  if (hours === 0 || timestamps === null) return () => false
  return (at) => timestamps[at] - timestamps[at - 1] > hours * 3600
}

/**
 * Cuts sessions, from their end on, into windows of `length` inputs and the item after them: each item but the first of a
 * session is predicted once.
 */
export function windowsOf({ users, offsets }: Interactions, length: number, isBreak: Breaks): Windows {
  const [owners, from, to]: number[][] = [[], [], []]
  for (let user = 0; user < users; user++) {
    let end = offsets[user + 1]
    for (let start = end - 1; start >= offsets[user]; start--) {
      if (start > offsets[user] && !isBreak(start)) continue
      for (let last = end; last - start > 1; last = Math.max(start, last - length)) {
        owners.push(user)
        from.push(Math.max(start, last - length - 1))
        to.push(last)
      }
      end = start
    }
  }
  return { users: Uint32Array.from(owners), from: Uint32Array.from(from), to: Uint32Array.from(to) }
}

/** The last session of each user, its last `length` items; nothing of a user without any. */
export function recentOf({ users, offsets }: Interactions, length: number, isBreak: Breaks): Windows {
  const from = Uint32Array.from({ length: users }, (_, user) => {
    let start = Math.max(offsets[user], offsets[user + 1] - 1)
    while (start > offsets[user] && offsets[user + 1] - start < length && !isBreak(start)) start--
    return start
  })
  return { users: Uint32Array.from(from.keys()), from, to: offsets.slice(1) }
}

/** The longest of all windows. */
export function longest({ from, to }: Windows): number {
  return from.reduce((most, start, at) => Math.max(most, to[at] - start), 0)
}

/** Rows of items that begin with the first and are filled up with item 0, [rows, places]. */
export function rowsOf(
  { itemIndices }: Interactions,
  { from, to }: Windows,
  windows: ArrayLike<number>,
  places: number,
): Int32Array {
  const rows = new Int32Array(windows.length * places)
  for (let row = 0; row < windows.length; row++) {
    const window = windows[row]
    rows.set(itemIndices.subarray(from[window], to[window]), row * places)
  }
  return rows
}

/** The items of all windows, each window without its first `left` ones. */
export function itemsIn({ itemIndices }: Interactions, { from, to }: Windows, left: number): Uint32Array {
  const items = new Uint32Array(from.reduce((sum, start, at) => sum + to[at] - start - left, 0))
  let next = 0
  from.forEach((start, at) => {
    items.set(itemIndices.subarray(start + left, to[at]), next)
    next += to[at] - start - left
  })
  return items
}

export interface NextItems {
  /** [rows, places]: all but the last item of each window; as many places as the longest needs. */
  readonly inputs: Int32Array
  readonly places: number
  /** Places of all rows, counted through, that hold an input. */
  readonly filled: Int32Array
  /** For each of these the item that follows, and which interaction that is. */
  readonly targets: Int32Array
  readonly interactions: Int32Array
}

export function nextItemBatch({ itemIndices }: Interactions, { from, to }: Windows, windows: Uint32Array): NextItems {
  const places = windows.reduce((most, window) => Math.max(most, to[window] - from[window] - 1), 1)
  const inputs = new Int32Array(windows.length * places)
  const count = windows.reduce((sum, window) => sum + to[window] - from[window] - 1, 0)
  const [filled, targets, interactions] = [0, 1, 2].map(() => new Int32Array(count))
  let next = 0
  windows.forEach((window, row) => {
    for (let place = 0; place < to[window] - from[window] - 1; place++) {
      inputs[row * places + place] = itemIndices[from[window] + place]
      filled[next] = row * places + place
      interactions[next] = from[window] + place + 1
      targets[next++] = itemIndices[from[window] + place + 1]
    }
  })
  return { inputs, places, filled, targets, interactions }
}

export const whole = (data: Int32Array, shape: readonly number[] = [data.length]): NamedArrays[string] => ({
  shape,
  data,
})
