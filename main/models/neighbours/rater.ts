import type { Parameter } from '../../contract/parameters'
import type { FittedModel, Interactions, Parameters, Rater } from '../model'
import { biasOf, fitBiases, meanOf, usualBiases } from '../rating'
import { ratings, transposeValues, type ValuedRows } from '../sparse'
import { meanOfNeighbours, type Queries } from './search'
import { profilesOf } from './similarity'

export const ratingParameter: Parameter = {
  name: 'rating_prediction',
  type: 'choice',
  default: 'baseline',
  choices: ['plain', 'mean-centred', 'baseline'],
  meaning: 'Whether the ratings of neighbours are averaged as they are, less their means, or less their biases.',
}

/** What a rating is expected to be without neighbours, and what theirs are taken less of. */
interface Expectation {
  /** By row and column of the compared rows. */
  alone(row: number, column: number): number
  deviation(row: number, column: number, rating: number): number
}

/**
 * Expected ratings: of the rows (users, or items) that have the other side of the pair, the `neighbors` most similar ones
 * are averaged, weighted by similarity (Resnick et al. 1994; Sarwar et al. 2001; with baselines Koren 2010, 2.2). Where
 * none is similar it is what is expected without them.
 */
export async function neighbourRater(
  { params, compute }: FittedModel,
  train: Interactions,
  side: 'users' | 'items',
): Promise<Rater> {
  const byUser = ratings(train)
  const rows = side === 'users' ? byUser : transposeValues(byUser)
  const profiles = profilesOf(rows, params)
  const expectation = await expectationOf(train, rows, params, side)
  const columns = transposeValues(rows)
  const deviations = columns.values.slice()
  for (let column = 0; column < columns.rows; column++) {
    for (let at = columns.offsets[column]; at < columns.offsets[column + 1]; at++) {
      deviations[at] = expectation.deviation(columns.indices[at], column, deviations[at])
    }
  }
  return {
    async rate(users, items, into) {
      const [own, others] = side === 'users' ? [users, items] : [items, users]
      into.forEach((_, at) => {
        into[at] = expectation.alone(own[at], others[at])
      })
      const { queries, places } = group(own, others, rows)
      const means = await meanOfNeighbours(compute.kernels, profiles, deviations, Number(params.neighbors), queries)
      means.forEach((mean, at) => {
        if (Number.isNaN(mean)) return
        into[places[at]] = mean + (params.rating_prediction === 'plain' ? 0 : into[places[at]])
      })
    },
    close() {},
  }
}

async function expectationOf(
  train: Interactions,
  rows: ValuedRows,
  { rating_prediction }: Parameters,
  side: 'users' | 'items',
): Promise<Expectation> {
  if (rating_prediction === 'baseline') {
    const biases = await fitBiases(train, usualBiases, () => {}, new AbortController().signal)
    const alone = (row: number, column: number) =>
      side === 'users' ? biasOf(biases, row, column) : biasOf(biases, column, row)
    return { alone, deviation: (row, column, rating) => rating - alone(row, column) }
  }
  const mean = meanOf(train.values)
  const means = Float64Array.from({ length: rows.rows }, (_, row) => {
    const own = rows.values.subarray(rows.offsets[row], rows.offsets[row + 1])
    return own.length > 0 ? meanOf(own) : mean
  })
  const alone = (row: number) => means[row] ?? mean
  return { alone, deviation: (row, _, rating) => (rating_prediction === 'plain' ? rating : rating - means[row]) }
}

/** Pairs by row, each row once; pairs whose row or column is outside the matrix are left out. */
function group(own: Uint32Array, others: Uint32Array, { rows, columns }: ValuedRows) {
  const places = Uint32Array.from(own.keys()).filter((at) => own[at] < rows && others[at] < columns)
  places.sort((a, b) => own[a] - own[b] || a - b)
  const distinct = Uint32Array.from(new Set(Array.from(places, (at) => own[at])))
  const offsets = new Uint32Array(distinct.length + 1)
  let row = 0
  places.forEach((place) => {
    if (own[place] !== distinct[row]) row++
    offsets[row + 1]++
  })
  for (let at = 0; at < distinct.length; at++) offsets[at + 1] += offsets[at]
  const queries: Queries = { rows: distinct, offsets, columns: places.map((at) => others[at]) }
  return { queries, places }
}
