import type { ListRules } from '../contract/sandbox'
import { createRandom } from '../models/random'
import type { Ranked } from '../training/questions'
import type { ItemFacts } from './item-facts'
import type { IndexedData } from './prepared-cache'
import type { Located, SandboxOptions } from './sandbox'

/** Candidates that rules choose from. */
export const poolSize = 200
/** Users over whom the cost of rules is measured. */
const sampleSize = 200

type Pool = { users: number[]; ranked: Ranked[] }
const poolsKept = 16

/** The candidates of a sample of users; those that were asked for last stay. */
export function createPools({ folders, warm }: Pick<SandboxOptions, 'folders' | 'warm'>) {
  const cache = new Map<string, Promise<Pool>>()

  async function ask({ run, data, facts }: Located, rules: Filters): Promise<Pool> {
    const users = sampleOf(data)
    const ranked = await warm.ask(folders.prepared(run.prepared ?? ''), {
      kind: 'pools',
      artifact: folders.artifact(run.id),
      users,
      k: poolSize,
      excludeSeen: rules.excludeSeen,
      hidden: Uint32Array.from(ruledOut(rules, facts)),
    })
    return { users, ranked }
  }

  return (located: Located, { excludeSeen, only, leastPopularity }: Filters): Promise<Pool> => {
    const { run } = located
    const key = JSON.stringify([run.id, run.prepared, excludeSeen, only, leastPopularity])
    const found = cache.get(key) ?? ask(located, { excludeSeen, only, leastPopularity })
    cache.delete(key)
    cache.set(key, found)
    found.catch(() => cache.delete(key))
    for (const oldest of [...cache.keys()].slice(0, Math.max(0, cache.size - poolsKept))) cache.delete(oldest)
    return found
  }
}

type Filters = Pick<ListRules, 'excludeSeen' | 'only' | 'leastPopularity'>

/** Items that no list may have, whoever it is for. */
export function ruledOut(
  { only, leastPopularity }: Pick<ListRules, 'only' | 'leastPopularity'>,
  facts: ItemFacts,
): number[] {
  if (only === null && leastPopularity === 0) return []
  const category = only === null ? null : facts.categories.indexOf(only)
  return [...facts.byPopularity].filter(
    (item) =>
      facts.popularityOf(item) < leastPopularity || (category !== null && !facts.categoriesOf(item).includes(category)),
  )
}

/** Users with test items, drawn at random, the same ones for the same data. */
function sampleOf({ test }: IndexedData): number[] {
  const judged = Array.from({ length: test.users }, (_, user) => user).filter(
    (user) => test.offsets[user + 1] > test.offsets[user],
  )
  const random = createRandom(1).derive('rules')
  for (let at = judged.length - 1; at > 0; at--) {
    const other = random.integer(at + 1)
    const moved = judged[at]
    judged[at] = judged[other]
    judged[other] = moved
  }
  return judged.slice(0, sampleSize)
}
