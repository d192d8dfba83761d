import type { ParameterValue } from '../../main/contract/parameters'

/** One thing that TopN and its peers do with the same data, threads and settings. */
export interface Work {
  readonly name: string
  /** Names of data sets in `bench/data.ts`. */
  readonly data: readonly string[]
  readonly model: string
  readonly params: Readonly<Record<string, ParameterValue>>
  /** Whether lists of all users are made and judged, or the held-out ratings are. */
  readonly judged: 'lists' | 'ratings'
  readonly peers: readonly Peer[]
}

/** A function of a script in `bench/peers`, and what it is called with. */
export interface Peer {
  readonly library: string
  readonly script: string
  readonly function: string
  readonly settings: Readonly<Record<string, number | string>>
  /** Threads of the linear algebra library that NumPy and SciPy call; left out: all. */
  readonly blasThreads?: number
}
