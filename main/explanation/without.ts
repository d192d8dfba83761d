import type { FittedModel, Interactions, Model, Scorer } from '../models/model'

/** A trained model and a single history that it is asked about. */
export interface Asked {
  readonly model: Model
  readonly fitted: FittedModel
  /** One row. */
  readonly history: Interactions
}

/** Histories that are scored at a time. */
const rowsAtATime = 32

/** The history, each time without some of its items. */
export function without(history: Interactions, leftOuts: readonly ReadonlySet<number>[]): Interactions {
  const kept = leftOuts.map((leftOut) =>
    Uint32Array.from(history.itemIndices.keys()).filter((at) => !leftOut.has(history.itemIndices[at])),
  )
  const offsets = new Uint32Array(kept.length + 1)
  kept.forEach((places, row) => {
    offsets[row + 1] = offsets[row] + places.length
  })
  const places = Uint32Array.from(kept.flatMap((row) => [...row]))
  const { timestamps } = history
  return {
    users: kept.length,
    items: history.items,
    offsets,
    itemIndices: places.map((at) => history.itemIndices[at]),
    values: Float32Array.from(places, (at) => history.values[at]),
    timestamps: timestamps && Float64Array.from(places, (at) => timestamps[at]),
  }
}

/** `visit` is given the scores of all items for the history without each of some sets of items. */
export async function scoreWithout(
  { model, fitted, history }: Asked,
  leftOuts: readonly ReadonlySet<number>[],
  visit: (scores: Float32Array, at: number) => void,
): Promise<void> {
  if (!model.foldIn) throw new Error(`${model.name} takes no new histories`)
  for (let from = 0; from < leftOuts.length; from += rowsAtATime) {
    const some = leftOuts.slice(from, from + rowsAtATime)
    const scorer = await model.foldIn(fitted, without(history, some))
    await scoreAll(scorer, some.length, history.items, (scores, row) => visit(scores, from + row))
  }
}

async function scoreAll(
  scorer: Scorer,
  rows: number,
  items: number,
  visit: (scores: Float32Array, row: number) => void,
): Promise<void> {
  try {
    const scores = new Float32Array(rows * items)
    await scorer.score(
      Uint32Array.from({ length: rows }, (_, row) => row),
      scores,
    )
    for (let row = 0; row < rows; row++) visit(scores.subarray(row * items, (row + 1) * items), row)
  } finally {
    scorer.close()
  }
}
