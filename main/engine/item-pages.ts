import type { CheckedInput } from '../contract/calls'
import type { Audience, FoundItem, ItemPage, LosingUser } from '../contract/sandbox'
import { valuesOf } from '../data/attributes'
import type { Store } from '../store'
import { directionOf, requireComparable } from './comparison'
import { attributesOf } from './features'
import type { ItemFacts } from './item-facts'
import type { IndexedData } from './prepared-cache'
import { indexOf, locate, type SandboxOptions } from './sandbox'
import type { Handlers } from './service'

type ItemCalls = Extract<keyof Handlers, `items.${string}`> | 'users.losers'

/** Bars of an item's popularity over time. */
const periods = 24

/** Items by themselves: what is known of them, what is like them, and who gets them. */
export function itemHandlers(options: SandboxOptions & { store: Store }): Pick<Handlers, ItemCalls> {
  const { store, folders, warm } = options

  async function page({ runId, item }: CheckedInput<'items.page'>): Promise<ItemPage> {
    const { run, data, facts } = await locate(options, runId)
    const index = indexOf(item, facts)
    const all = attributesOf(await store.dataset(run.datasetId), run.clean).items
    const attributes = all.filter(({ column }) => column !== 'title')
    const values = await store.attributesOfItem(run.datasetId, item, attributes)
    const readable = values.map(({ name, value }) => {
      const attribute = attributes.find((each) => each.name === name)
      const isSeveral = attribute?.type === 'multi-valued'
      return { name, value: isSeveral ? valuesOf(value, attribute.separator).join(', ') : value }
    })
    return { ...found(index, data, facts), attributes: readable, overTime: overTime(data, index) }
  }

  async function similar({ runId, item, limit }: CheckedInput<'items.similar'>) {
    const { run, data, facts } = await locate(options, runId)
    const question = {
      kind: 'similar' as const,
      artifact: folders.artifact(run.id),
      item: indexOf(item, facts),
      k: limit,
    }
    const answer = await warm.ask(folders.prepared(run.prepared ?? ''), question)
    if (!answer) return null
    const items = answer.items.map((other, at) => ({ ...found(other, data, facts), score: answer.scores[at] }))
    return { by: answer.by, items }
  }

  async function audience({ runId, item, limit }: CheckedInput<'items.audience'>): Promise<Audience> {
    const { run, data, facts } = await locate(options, runId)
    const { lists, ranks, users } = await store.listsWith(run.id, indexOf(item, facts), limit)
    return {
      lists,
      times: ranks.reduce((sum, count) => sum + count, 0),
      ranks,
      users: users.map(({ user, rank }) => ({ user: data.userIds[user], rank })),
    }
  }

  async function losers({ first, second, key, limit }: CheckedInput<'users.losers'>): Promise<LosingUser[]> {
    const { run, data } = await locate(options, first)
    requireComparable([run, options.runs.find(second)])
    const rows = await store.losers({ first, second, key, limit, lowerIsBetter: directionOf(key) === 'lower' })
    return rows.map(({ user, ...values }) => ({ user: data.userIds[user], ...values }))
  }

  return {
    async 'items.search'({ runId, query, limit }) {
      const { data, facts } = await locate(options, runId)
      return search(query, data, facts, limit)
    },
    'items.page': page,
    'items.similar': similar,
    'items.audience': audience,
    'users.losers': losers,
  }
}

function found(index: number, data: IndexedData, facts: ItemFacts): FoundItem {
  return {
    item: data.itemIds[index],
    title: data.titles?.[index] || null,
    popularity: facts.popularityOf(index),
  }
}

function search(query: string, data: IndexedData, facts: ItemFacts, limit: number): FoundItem[] {
  const wanted = query.trim().toLocaleLowerCase()
  const items: FoundItem[] = []
  for (const index of facts.byPopularity) {
    const text = `${data.titles?.[index] ?? ''} ${data.itemIds[index]}`.toLocaleLowerCase()
    if (!text.includes(wanted)) continue
    items.push(found(index, data, facts))
    if (items.length === limit) break
  }
  return items
}

/** Training interactions of an item in equal periods of the training data. */
function overTime({ train }: IndexedData, item: number): ItemPage['overTime'] {
  const { timestamps } = train
  if (!timestamps || timestamps.length === 0) return []
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const time of timestamps) {
    if (time < first) first = time
    if (time > last) last = time
  }
  const width = Math.max(1, (last - first) / periods)
  const counts = new Array<number>(periods).fill(0)
  train.itemIndices.forEach((other, at) => {
    if (other === item) counts[Math.min(periods - 1, Math.floor((timestamps[at] - first) / width))]++
  })
  return counts.map((count, at) => ({ from: first + at * width, count }))
}
