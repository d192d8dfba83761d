import type { KernelArray, KernelName, Kernels } from './kernels/kernels'

/** Chunks of a round at most, and users or items of a stratum at least. */
const mostStrata = 16
const fewestMembers = 8

/**
 * Users and items cut into equally many strata at random, in shared memory, for descent in rounds in which no two chunks
 * touch the same user or item (Gemulla et al. 2011, Large-scale matrix factorization with distributed stochastic gradient
 * descent).
 */
export interface Strata {
  readonly count: number
  /** Users by stratum. */
  readonly userOffsets: Uint32Array
  readonly users: Uint32Array
  /** The stratum of each item. */
  readonly itemStrata: Uint32Array
  /** Items that have any interactions, by stratum. */
  readonly memberOffsets: Uint32Array
  readonly members: Uint32Array
  /** Deals the items to strata anew. */
  deal(): void
}

export function createStrata(
  kernels: Kernels,
  known: { users: Uint8Array; items: Uint8Array },
  integer: (bound: number) => number,
): Strata {
  const knownOf = (flags: Uint8Array) => Uint32Array.from(flags.keys()).filter((at) => flags[at] === 1)
  const [userList, itemList] = [knownOf(known.users), knownOf(known.items)]
  const possible = Math.floor(Math.min(userList.length, itemList.length) / fewestMembers)
  const count = Math.max(1, Math.min(mostStrata, possible))
  const offsetsOf = (length: number) =>
    kernels.share(Uint32Array.from({ length: count + 1 }, (_, at) => Math.floor((at * length) / count)))
  const memberOffsets = offsetsOf(itemList.length)
  const members = kernels.share(itemList)
  const itemStrata = kernels.uint32(known.items.length)
  function deal() {
    shuffle(members, integer)
    for (let stratum = 0; stratum < count; stratum++) {
      for (let at = memberOffsets[stratum]; at < memberOffsets[stratum + 1]; at++) itemStrata[members[at]] = stratum
    }
  }
  deal()
  const users = kernels.share(shuffle(userList, integer))
  return { count, userOffsets: offsetsOf(userList.length), users, itemStrata, memberOffsets, members, deal }
}

function shuffle(list: Uint32Array, integer: (bound: number) => number): Uint32Array {
  for (let last = list.length - 1; last > 0; last--) {
    const other = integer(last + 1)
    ;[list[last], list[other]] = [list[other], list[last]]
  }
  return list
}

/** One pass: as many rounds as there are strata. `visit` hears when a round is done. */
export async function runRounds(
  kernels: Kernels,
  kernel: KernelName,
  { count }: Strata,
  values: (number | KernelArray)[],
  signal: AbortSignal,
  visit: () => void,
): Promise<void> {
  for (let round = 0; round < count; round++) {
    await kernels.run(kernel, count, [round, count, ...values], signal)
    visit()
  }
}
