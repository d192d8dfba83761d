import { TopnError } from '../../contract/errors'
import type { ExportProof } from '../../contract/exports'

/** What a score may differ by; a larger one than ten in proportion, since single precision has but seven digits. */
export const tolerance = 1e-4
const scaleOf = (score: number) => Math.max(1, Math.abs(score) / 10)
const listLength = 10

type Scores = Float32Array | Float64Array

export interface ScoredTwice {
  /** The model knows the user; false: it is a history that nobody was trained on. */
  isUser: boolean
  own: Scores
  again: Scores
}

/** How far scores that were made again are from the model's own. Throws BAD_DATA where it is too far. */
export function compareScores(by: string, rows: readonly ScoredTwice[]): ExportProof {
  let largest = 0
  let agreement = 0
  for (const { own, again } of rows) {
    largest = Math.max(largest, largestDifference(own, again))
    agreement += agreementOf(own, again)
  }
  const users = rows.filter(({ isUser }) => isUser).length
  const proof = {
    by,
    users,
    histories: rows.length - users,
    largestDifference: largest,
    tolerance,
    topAgreement: agreement / Math.max(1, rows.length),
  }
  if (largest <= tolerance && proof.topAgreement === 1) return proof
  throw new TopnError('BAD_DATA', failure(proof), { ...proof })
}

function failure({ largestDifference, topAgreement }: ExportProof): string {
  const found = Number.isFinite(largestDifference)
    ? `scores differ by up to ${largestDifference.toPrecision(3)}`
    : 'it lists other items than the model'
  const others = ((1 - topAgreement) * 100).toFixed(1)
  return `What was written does not give the model's scores when it is read back: ${found}, and ${others} % of the ten best are others. Nothing was exported; please report this.`
}

/** Infinity where only one of both is a number. */
export function differenceOf(own: number | null, other: number | null): number {
  const [isOwn, isOther] = [own !== null && Number.isFinite(own), other !== null && Number.isFinite(other)]
  if (isOwn && isOther) return Math.abs(Number(own) - Number(other)) / scaleOf(Number(own))
  return isOwn === isOther ? 0 : Number.POSITIVE_INFINITY
}

/** Infinity where only one of both lists an item. */
function largestDifference(own: Scores, again: Scores): number {
  let largest = own.length === again.length ? 0 : Number.POSITIVE_INFINITY
  own.forEach((score: number, item: number) => {
    largest = Math.max(largest, differenceOf(score, again[item]))
  })
  return largest
}

/** The share of the ten best of `again` that are, or are as good as, the ten best of `own`. */
function agreementOf(own: Scores, again: Scores): number {
  const [best, other] = [topOf(own), topOf(again)]
  if (best.length === 0) return other.length === 0 ? 1 : 0
  const last = own[best[best.length - 1]]
  const least = last - 2 * tolerance * scaleOf(last)
  return other.filter((item) => own[item] >= least).length / best.length
}

function topOf(scores: Scores): number[] {
  const listed = [...scores.keys()].filter((item) => Number.isFinite(scores[item]))
  return listed.sort((a, b) => scores[b] - scores[a] || a - b).slice(0, listLength)
}
