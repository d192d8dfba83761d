import type { CheckedInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { Explanation, NamedPart } from '../contract/explanations'
import type { RunRecord } from '../contract/records'
import type { ColdAudience, ListRules, OwnInteraction, RuleCost, ShownItem, ShownList } from '../contract/sandbox'
import { knownParts } from '../data/prepared'
import { discount, sumOfDiscounts } from '../evaluation/metric'
import type { Candidate } from '../reranking/catalogue'
import { rerank } from '../reranking/rerank'
import type { FoundReasons, OwnHistory, Ranked, Whom } from '../training/questions'
import type { WarmProcess } from '../training/warm'
import type { ItemFacts } from './item-facts'
import type { IndexedData } from './prepared-cache'
import { createPools, poolSize, ruledOut } from './rule-pools'
import type { Runs } from './runs'
import type { Handlers } from './service'
import type { WorkspaceFolders } from './workspace'

type SandboxCalls = Exclude<
  Extract<keyof Handlers, `sandbox.${string}` | `explanations.${string}`>,
  'sandbox.retrain' | 'sandbox.retrained'
>

export interface SandboxOptions {
  runs: Pick<Runs, 'find'>
  folders: WorkspaceFolders
  preparedOf(hash: string): Promise<IndexedData>
  factsOf(about: { run: RunRecord; data: IndexedData }): Promise<ItemFacts>
  warm: WarmProcess
}

export interface Located {
  run: RunRecord
  data: IndexedData
  facts: ItemFacts
}

/** Why items are listed, and what would be listed for other histories and under other rules. */
export function sandboxHandlers(options: SandboxOptions): Pick<Handlers, SandboxCalls> {
  const { folders, warm } = options
  const pools = createPools(options)

  async function lists({ runIds, k, rules, ...given }: CheckedInput<'sandbox.lists'>): Promise<ShownList[]> {
    const all = await Promise.all(runIds.map((id) => locate(options, id)))
    requireSameData(all.map(({ run }) => run))
    const [{ data, facts }] = all
    const someone = whomOf(given, data, facts)
    return Promise.all(
      all.map(async (located): Promise<ShownList> => {
        const started = performance.now()
        const question = {
          kind: 'list' as const,
          artifact: folders.artifact(located.run.id),
          whom: someone.whom,
          k: isPlain(rules) ? k : poolSize,
          hidden: Uint32Array.from([...(rules.excludeSeen ? someone.seen : []), ...ruledOut(rules, facts)]),
        }
        const found = await warm.ask(folders.prepared(located.run.prepared ?? ''), question)
        const list = found && shown(applied(found, rules, k, someone.known, located.facts), located, someone.held)
        return { runId: located.run.id, list, milliseconds: performance.now() - started }
      }),
    )
  }

  async function ruleCost({ runId, rules, k }: CheckedInput<'sandbox.ruleCost'>): Promise<RuleCost> {
    const { run, data, facts } = await locate(options, runId)
    const located = { run, data, facts }
    const plain = { excludeSeen: run.evaluation.exclude_seen, only: null, leastPopularity: 0 }
    const { users, ranked } = await pools(located, plain)
    const ruled = await pools(located, rules)
    let [before, after] = [0, 0]
    users.forEach((user, at) => {
      const held = new Set(itemsOf(data.test, user))
      const known = knownParts(data).flatMap((part) => [...itemsOf(part, user)])
      before += ndcg(ranked[at].items.slice(0, k), held, k)
      const list = applied(ruled.ranked[at], rules, k, known, facts)
      after += ndcg(
        list.map(({ item }) => item),
        held,
        k,
      )
    })
    const count = Math.max(1, users.length)
    return { users: users.length, before: before / count, after: after / count, k }
  }

  async function ofItem({ runId, item, k, ...given }: CheckedInput<'explanations.ofItem'>): Promise<Explanation> {
    const located = await locate(options, runId)
    const { run, data, facts } = located
    const index = indexOf(item, facts)
    const someone = whomOf(given, data, facts)
    const found = await warm.ask(folders.prepared(run.prepared ?? ''), {
      kind: 'explain',
      artifact: folders.artifact(run.id),
      whom: someone.whom,
      item: index,
      k,
      hidden: Uint32Array.from(run.evaluation.exclude_seen ? someone.seen : []),
    })
    return explanationOf(found, data, k, new Set(someone.known).size)
  }

  async function coldAudience({ runId, columns, limit }: CheckedInput<'sandbox.coldAudience'>): Promise<ColdAudience> {
    const { run, data } = await locate(options, runId)
    const question = { kind: 'cold' as const, artifact: folders.artifact(run.id), columns, k: limit }
    const found = await warm.ask(folders.prepared(run.prepared ?? ''), question)
    const users = found?.users.map((user, at) => ({ user: data.userIds[user], score: found.scores[at] })) ?? []
    return { runId, columns: found?.names ?? null, users }
  }

  return {
    'explanations.ofItem': ofItem,
    'sandbox.lists': lists,
    'sandbox.categories': async ({ runId }) => categoriesOf((await locate(options, runId)).facts),
    'sandbox.ruleCost': ruleCost,
    'sandbox.coldAudience': coldAudience,
  }
}

export async function locate(
  { runs, preparedOf, factsOf }: Omit<SandboxOptions, 'warm'>,
  runId: string,
): Promise<Located> {
  const run = runs.find(runId)
  if (run.state !== 'done' || run.prepared === null) {
    throw new TopnError('BAD_REQUEST', `${run.name} is not trained; its lists come once it is.`, { runId })
  }
  const data = await preparedOf(run.prepared)
  return { run, data, facts: await factsOf({ run, data }) }
}

/** The most frequent first. */
function categoriesOf(facts: ItemFacts): string[] {
  const counts = new Uint32Array(facts.categories.length)
  for (const item of facts.byPopularity) for (const category of facts.categoriesOf(item)) counts[category]++
  const order = [...facts.categories.keys()].sort((a, b) => counts[b] - counts[a] || a - b)
  return order.map((category) => facts.categories[category])
}

function requireSameData([first, ...others]: RunRecord[]): void {
  const stranger = others.find(({ prepared }) => prepared !== first.prepared)
  if (!stranger) return
  const message = `${stranger.name} and ${first.name} were trained on different data or splits. Choose runs of one split.`
  throw new TopnError('BAD_REQUEST', message, { field: 'runIds' })
}

export function indexOf(item: string, facts: ItemFacts): number {
  const index = facts.itemIndex(item)
  if (index !== undefined) return index
  throw new TopnError('NOT_FOUND', `There is no item ${item} in the data, after cleaning.`, { item })
}

export interface Someone {
  whom: Whom
  /** Items that are known of them: what they have seen. */
  seen: number[]
  /** Their history as models know it. */
  known: number[]
  /** Items of their test part. */
  held: Set<number>
}

export function whomOf(
  { user, history }: { user: string | null; history: OwnInteraction[] | null },
  data: IndexedData,
  facts: ItemFacts,
): Someone {
  const index = user === null ? undefined : data.userIndex(user)
  if (user !== null && index === undefined) {
    throw new TopnError('NOT_FOUND', `There is no user ${user} in the data, after cleaning.`, { user })
  }
  const held = new Set(index === undefined ? [] : itemsOf(data.test, index))
  if (history) {
    const own: OwnHistory = {
      items: history.map(({ item }) => indexOf(item, facts)),
      values: history.map(({ value }) => value),
    }
    return { whom: { history: own }, seen: own.items, known: own.items, held }
  }
  if (index === undefined) throw new TopnError('BAD_REQUEST', 'Name a user, or give a history.', { field: 'user' })
  const known = [data.train, ...(data.foldIn ? [data.foldIn] : [])].flatMap((part) => [...itemsOf(part, index)])
  return { whom: { user: index }, seen: knownParts(data).flatMap((part) => [...itemsOf(part, index)]), known, held }
}

function itemsOf(part: IndexedData['test'], user: number): Uint32Array {
  return part.itemIndices.subarray(part.offsets[user], part.offsets[user + 1])
}

export const isPlain = ({ excludeSeen: _, ...rules }: ListRules) =>
  rules.only === null &&
  rules.mostOfCategory === null &&
  rules.leastPopularity === 0 &&
  rules.diversity === 0 &&
  rules.calibration === 0

export function applied(
  { items, scores }: Ranked,
  rules: ListRules,
  k: number,
  known: number[],
  facts: ItemFacts,
): Candidate[] {
  const candidates = items.map((item, at) => ({ item, score: scores[at] }))
  if (isPlain(rules)) return candidates.slice(0, k)
  const only = rules.only === null ? null : facts.categories.indexOf(rules.only)
  return rerank(candidates, { ...rules, only }, { k, known, catalogue: facts })
}

export function shown(list: Candidate[], { data, facts }: Located, held: ReadonlySet<number>): ShownItem[] {
  return list.map(({ item, score }, at) => ({
    item: data.itemIds[item],
    title: data.titles?.[item] || null,
    score,
    rank: at + 1,
    hit: held.size > 0 ? held.has(item) : null,
    categories: facts.namesOf(item),
    popularity: facts.popularityOf(item),
  }))
}

function ndcg(items: readonly number[], held: ReadonlySet<number>, k: number): number {
  const gain = items.reduce((sum, item, rank) => sum + (held.has(item) ? discount(rank) : 0), 0)
  return gain / sumOfDiscounts(Math.min(k, held.size))
}

/** Parts of a score that are told; of long histories the others say next to nothing. */
const mostParts = 100

function explanationOf(found: FoundReasons, data: IndexedData, k: number, historyLength: number): Explanation {
  const named = (index: number) => ({ name: data.itemIds[index], title: data.titles?.[index] || null })
  const { terms, score, isExact, rest, counterfactual } = found
  const unnamed = found.history.slice(mostParts)
  return {
    terms,
    score,
    isExact,
    rest,
    history: found.history.slice(0, mostParts).map(({ index, amount }): NamedPart => ({ ...named(index), amount })),
    beyond: { items: unnamed.length, amount: unnamed.reduce((sum, { amount }) => sum + amount, 0) },
    historyLength,
    others: found.others.map(({ of, parts }) => ({
      of,
      parts: parts.slice(0, mostParts).map(({ name, amount }) => ({ name, title: null, amount })),
    })),
    counterfactual: counterfactual && { ...counterfactual, k, items: counterfactual.items.map(named) },
  }
}
