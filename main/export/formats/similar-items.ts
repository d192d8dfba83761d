import { createCompute } from '../../compute/create'
import type { Vectors } from '../../models/model'
import type { Sampler } from '../proof/tables'
import type { ExportFormat, ExportSource } from './format'
import { parquetRows, writeParquet } from './tables'

/** How alike an item is to every other one; 0 or less, and the item itself, are not written. */
type Likeness = (item: number) => Float64Array

const table = 'similar-items'

/** For each item, or each chosen one, the items most like it, by the model's own similarities or weights, else by the cosine of vectors. */
export const similarItems: ExportFormat = {
  id: 'similar-items',
  kind: 'vectors',
  extension: 'parquet',
  refusal: ({ itemVectors, scoresByItems, name }) =>
    itemVectors || scoresByItems ? null : `${name} says of no two items how alike they are.`,
  async write(source, folder, samplerOf) {
    const columns = [
      ['item_id', 'text'],
      ['similar_item_id', 'text'],
      ['similarity', 'float'],
      ['rank', 'whole'],
    ] as const
    const rows = seenRows(similarRows(source, await likenessOf(source)), samplerOf(table))
    await writeParquet(folder, `${table}.parquet`, columns, rows)
  },
  tables: {
    expected: async () => [],
    found: async (folder) => ({ by: 'DuckDB', tables: [parquetRows(folder, table, 2)] }),
  },
}

function* seenRows(rows: ReturnType<typeof similarRows>, sampler: Sampler): ReturnType<typeof similarRows> {
  for (const row of rows) {
    const [item, other, ...numbers] = row
    sampler.see({ names: [item, other], numbers })
    yield row
  }
}

async function likenessOf({ model, manifest, tensors, prepared }: ExportSource): Promise<Likeness> {
  const items = prepared.itemIds.length
  const form = model.form?.({ tensors, params: manifest.params })?.histories
  if (form?.kind === 'item-neighbours') {
    return (item) => {
      const row = new Float64Array(items)
      for (let at = item * form.count; at < (item + 1) * form.count; at++)
        row[form.neighbours[at]] = form.similarities[at]
      return row
    }
  }
  if (form?.kind === 'item-weights') {
    return (item) => Float64Array.from({ length: items }, (_, other) => form.weights[other * items + item])
  }
  if (!model.itemVectors) return () => new Float64Array(items)
  const compute = await createCompute({ threads: 1 })
  const vectors = model.itemVectors({ tensors, params: manifest.params, compute })
  await compute.close()
  return cosines(vectors)
}

function cosines({ count, dimensions, data }: Vectors): Likeness {
  const unit = Float64Array.from(data)
  for (let row = 0; row < count; row++) {
    const own = unit.subarray(row * dimensions, (row + 1) * dimensions)
    const length = Math.hypot(...own) || 1
    for (const at of own.keys()) own[at] /= length
  }
  return (item) =>
    Float64Array.from({ length: count }, (_, other) => {
      let sum = 0
      for (let at = 0; at < dimensions; at++) sum += unit[item * dimensions + at] * unit[other * dimensions + at]
      return sum
    })
}

function* similarRows({ prepared: { itemIds }, settings, chosen, signal }: ExportSource, likeness: Likeness) {
  for (const item of chosen.items ?? itemIds.keys()) {
    signal.throwIfAborted()
    const row = likeness(item)
    const others = [...row.keys()].filter((other) => other !== item && row[other] > 0)
    const best = others.sort((a, b) => row[b] - row[a] || a - b).slice(0, settings.k)
    for (const [at, other] of best.entries()) yield [itemIds[item], itemIds[other], row[other], at + 1] as const
  }
}
