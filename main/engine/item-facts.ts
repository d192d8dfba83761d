import type { RunRecord } from '../contract/records'
import { valuesOf } from '../data/attributes'
import { alignRows } from '../data/features/files'
import type { Catalogue } from '../reranking/catalogue'
import type { Store } from '../store'
import { chooseItemAttribute } from './item-attribute'
import type { IndexedData } from './prepared-cache'

/** What is known of the items of prepared data beside their interactions. */
export interface ItemFacts extends Catalogue {
  /** Names of categories, by their number. */
  readonly categories: readonly string[]
  namesOf(item: number): string[]
  itemIndex(id: string): number | undefined
  /** Items, the most popular first. */
  readonly byPopularity: Uint32Array
}

interface About {
  run: RunRecord
  data: IndexedData
}

/** Reads facts once for the data and attribute of a run; those that were asked for last stay. */
export function createItemFacts(store: Store, kept = 2): (about: About) => Promise<ItemFacts> {
  const cache = new Map<string, Promise<ItemFacts>>()
  return ({ run, data }) => {
    const key = JSON.stringify([run.datasetId, run.prepared, run.clean, run.evaluation.item_attribute])
    const found = cache.get(key) ?? readFacts(store, { run, data })
    cache.delete(key)
    cache.set(key, found)
    found.catch(() => cache.delete(key))
    for (const oldest of [...cache.keys()].slice(0, Math.max(0, cache.size - kept))) cache.delete(oldest)
    return found
  }
}

async function readFacts(store: Store, { run, data }: About): Promise<ItemFacts> {
  const counts = popularityOf(data)
  const { categories, ofItems } = await readCategories(store, { run, data })
  const indices = new Map(data.itemIds.map((id, index) => [id, index]))
  const categoriesOf = (item: number) => ofItems[item] ?? []
  return {
    categories,
    categoriesOf,
    namesOf: (item) => categoriesOf(item).map((category) => categories[category]),
    popularityOf: (item) => counts[item],
    itemIndex: (id) => indices.get(id),
    byPopularity: Uint32Array.from(counts.keys()).sort((a, b) => counts[b] - counts[a] || a - b),
  }
}

/** Users who have each item in training. */
function popularityOf({ train }: IndexedData): Uint32Array {
  const counts = new Uint32Array(train.items)
  const last = new Uint32Array(train.items)
  for (let user = 0; user < train.users; user++) {
    for (let at = train.offsets[user]; at < train.offsets[user + 1]; at++) {
      const item = train.itemIndices[at]
      if (last[item] !== user + 1) counts[item]++
      last[item] = user + 1
    }
  }
  return counts
}

/** Of the attribute that lists are judged by; none where there is none, or it holds vectors. */
async function readCategories(store: Store, { run, data }: About) {
  const dataset = await store.dataset(run.datasetId)
  const attribute = chooseItemAttribute(dataset, run.clean, run.evaluation)
  if (!attribute || attribute.type === 'vector') return { categories: [], ofItems: [] }
  const rows = alignRows(await store.attributeRows(dataset.id, 'items', [attribute]), data.itemIds)
  const numbers = new Map<string, number>()
  const ofItems = rows.columns[0].cells.map((cell) => {
    const values = attribute.type === 'multi-valued' ? valuesOf(cell, attribute.separator) : [cell.trim()]
    return [...new Set(values.filter((value) => value !== ''))].map((value) => {
      const number = numbers.get(value) ?? numbers.size
      numbers.set(value, number)
      return number
    })
  })
  return { categories: [...numbers.keys()], ofItems }
}
