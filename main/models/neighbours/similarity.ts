import type { Parameter } from '../../contract/parameters'
import type { Parameters } from '../model'
import { transposeValues, type ValuedRows } from '../sparse'

/** The measures, in the order of the kernel's numbers. */
const measures = [
  'cosine',
  'jaccard',
  'conditional-probability',
  'weighted-cosine',
  'adjusted-cosine',
  'pearson',
  'mean-squared-difference',
] as const
type Measure = (typeof measures)[number]

export const similarityParameters: Parameter[] = [
  {
    name: 'similarity',
    type: 'choice',
    default: 'cosine',
    choices: measures.filter((name) => name !== 'weighted-cosine'),
    search: ['cosine', 'jaccard', 'conditional-probability'],
    meaning:
      'Cosine, Jaccard and conditional probability compare who has chosen what; adjusted cosine (less the mean of the other side), Pearson and mean squared difference compare the ratings of what both have.',
  },
  {
    name: 'weighting',
    type: 'choice',
    default: 'none',
    choices: ['none', 'ratings', 'tf-idf', 'bm25'],
    search: ['none', 'tf-idf', 'bm25'],
    when: { similarity: ['cosine'] },
    meaning: 'What an interaction counts in the cosine: 1, its rating, or more where it is rare.',
  },
  {
    name: 'shrinkage',
    type: 'number',
    default: 5,
    minimum: 0,
    maximum: 10_000,
    search: [0, 100],
    meaning: 'Lowers similarities that rest on little.',
  },
]

/** Rows to be compared, their transpose, and what the kernel needs beside. */
export interface Profiles {
  readonly rows: ValuedRows
  readonly byColumn: ValuedRows
  /** Of each row its number of entries, or with weights the sum of their squares. */
  readonly degrees: Float32Array
  readonly measure: number
  readonly shrinkage: number
}

/** The rows of `ratings` as they are compared with those of `known`, which say how rare columns are and what they mean. */
export function profilesOf(ratings: ValuedRows, params: Parameters, known = ratings): Profiles {
  const measure = measureOf(params)
  const rows = { ...ratings, values: weigh(ratings, known, measure, String(params.weighting)) }
  const degrees = new Float32Array(rows.rows)
  for (let row = 0; row < rows.rows; row++) {
    for (let at = rows.offsets[row]; at < rows.offsets[row + 1]; at++) {
      degrees[row] += measure === 'weighted-cosine' ? rows.values[at] ** 2 : 1
    }
  }
  const shrinkage = Number(params.shrinkage)
  return { rows, byColumn: transposeValues(rows), degrees, measure: measures.indexOf(measure), shrinkage }
}

function measureOf({ similarity, weighting }: Parameters): Measure {
  if (similarity === 'cosine' && weighting !== 'none') return 'weighted-cosine'
  return similarity as Measure
}

function weigh(ratings: ValuedRows, known: ValuedRows, measure: Measure, weighting: string): Float32Array {
  if (measure === 'adjusted-cosine') return centred(ratings, known)
  if (measure !== 'weighted-cosine') return ratings.values
  return weightings[weighting](ratings, known)
}

/** Whether a row of one and a row of the other are the same as far as the measure looks. */
export function isSameRow(one: Profiles, row: number, other: Profiles, otherRow: number): boolean {
  const [mine, theirs] = [entriesOf(one, row), entriesOf(other, otherRow)]
  if (mine.columns.length !== theirs.columns.length) return false
  const ignoresValues = one.measure < measures.indexOf('weighted-cosine')
  return mine.columns.every(
    (column, at) => column === theirs.columns[at] && (ignoresValues || mine.values[at] === theirs.values[at]),
  )
}

/**
 * What of their similarity each column makes that both rows have; the shares add up to 1. They are in proportion to what
 * the column adds to the measure's sum of products; where the measure is none, all columns count alike.
 */
export function sharesOfColumns(one: Profiles, row: number, other: Profiles, otherRow: number): Map<number, number> {
  const [mine, theirs] = [entriesOf(one, row), entriesOf(other, otherRow)]
  const place = new Map(Array.from(theirs.columns, (column, at) => [column, theirs.values[at]]))
  const both = Array.from(mine.columns, (column, at) => ({ column, x: mine.values[at], y: place.get(column) })).filter(
    (entry): entry is { column: number; x: number; y: number } => entry.y !== undefined,
  )
  const products = productsOf(measures[one.measure], both)
  const sum = products.reduce((total, product) => total + product, 0)
  return new Map(both.map(({ column }, at) => [column, products[at] / sum]))
}

function productsOf(measure: Measure, both: readonly { x: number; y: number }[]): number[] {
  if (measure === 'weighted-cosine' || measure === 'adjusted-cosine') return both.map(({ x, y }) => x * y)
  if (measure !== 'pearson') return both.map(() => 1)
  const mean = (of: 'x' | 'y') => both.reduce((sum, entry) => sum + entry[of], 0) / both.length
  const [left, right] = [mean('x'), mean('y')]
  return both.map(({ x, y }) => (x - left) * (y - right))
}

function entriesOf({ rows: { offsets, indices, values } }: Profiles, row: number) {
  const [from, to] = [offsets[row], offsets[row + 1]]
  return { columns: indices.subarray(from, to), values: values.subarray(from, to) }
}

/** Values less the mean of their column; a column that is not known has the mean 0. */
function centred({ indices, values }: ValuedRows, known: ValuedRows): Float32Array {
  const [sums, counts] = [new Float64Array(known.columns), new Uint32Array(known.columns)]
  known.indices.forEach((column, at) => {
    sums[column] += known.values[at]
    counts[column]++
  })
  return values.map((value, at) => value - sums[indices[at]] / Math.max(1, counts[indices[at]]))
}

/** Robertson's usual constants: how soon more of the same stops to count, and how much long rows are held back. */
const saturation = 1.2
const lengthShare = 0.75

/** What an entry counts; rows are the documents, columns the terms, and the known rows say how rare a term is. */
export const weightings: Record<string, (rows: ValuedRows, known: ValuedRows) => Float32Array> = {
  none: ({ values }) => new Float32Array(values.length).fill(1),
  ratings: ({ values }) => values,

  /** sqrt(value) x ln(rows / (1 + rows with the column)), as in Lucene and implicit. */
  'tf-idf'({ indices, values }, known) {
    const rarity = rarities(known)
    return values.map((value, at) => Math.sqrt(Math.max(0, value)) * rarity[indices[at]])
  },

  /** Robertson and Zaragoza 2009, The probabilistic relevance framework: BM25 and beyond. Values below 0 count as 0. */
  bm25({ rows, offsets, indices, values }, known) {
    const rarity = rarities(known)
    const count = (value: number) => Math.max(0, value)
    const mean = known.values.reduce((sum, value) => sum + count(value), 0) / Math.max(1, known.rows) || 1
    const result = new Float32Array(values.length)
    for (let row = 0; row < rows; row++) {
      let length = 0
      for (let at = offsets[row]; at < offsets[row + 1]; at++) length += count(values[at])
      const held = saturation * (1 - lengthShare + (lengthShare * length) / mean)
      for (let at = offsets[row]; at < offsets[row + 1]; at++) {
        const own = count(values[at])
        result[at] = ((own * (saturation + 1)) / (held + own)) * rarity[indices[at]]
      }
    }
    return result
  },
}

/** ln(rows / (1 + rows with the column)), never below 0. */
function rarities({ rows, columns, indices }: ValuedRows): Float64Array {
  const counts = new Float64Array(columns)
  for (const column of indices) counts[column]++
  return counts.map((count) => Math.max(0, Math.log(rows / (1 + count))))
}
