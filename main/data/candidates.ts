import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { TopnError } from '../contract/errors'
import type { CandidateRows } from './prepared'

/** `(user,item)<tab>negative<tab>negative...`: a test case a line, as in the data of He et al. 2017 (NCF). */
const caseHead = /^\(([^,]*),(.*)\)$/

/**
 * Reads the candidates of each test case: the case's own item and its negatives, each once. Items that the data does
 * not have cannot be ranked and are left out; a line that is not a case, or of an unknown user, is refused by number.
 */
export async function readCandidates(
  path: string,
  { userIds, itemIds }: { userIds: readonly string[]; itemIds: readonly string[] },
): Promise<CandidateRows> {
  const users = new Map(userIds.map((id, index) => [id, index]))
  const items = new Map(itemIds.map((id, index) => [id, index]))
  const rows = { users: [] as number[], offsets: [0], items: [] as number[] }
  let line = 0
  for await (const text of linesOf(path)) {
    line++
    if (text.trim() === '') continue
    const [head, ...negatives] = (line === 1 ? text.replace(/^\ufeff/, '') : text).split('\t')
    const found = caseHead.exec(head)
    if (!found) throw wrongLine(path, line, 'it does not start with (user,item)')
    const user = users.get(found[1])
    if (user === undefined) throw wrongLine(path, line, `the data has no user ${found[1]}`)
    rows.users.push(user)
    for (const item of new Set([found[2], ...negatives])) {
      const index = items.get(item)
      if (index !== undefined) rows.items.push(index)
    }
    rows.offsets.push(rows.items.length)
  }
  return {
    users: Uint32Array.from(rows.users),
    offsets: Uint32Array.from(rows.offsets),
    items: Uint32Array.from(rows.items),
  }
}

async function* linesOf(path: string): AsyncIterable<string> {
  try {
    yield* createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })
  } catch (cause) {
    throw new TopnError('BAD_DATA', `The candidates file ${path} cannot be read.`, { file: path }, { cause })
  }
}

function wrongLine(file: string, line: number, reason: string): TopnError {
  const message = `${file}, line ${line}: ${reason}. Expected (user,item), then the negatives, separated by tabs.`
  return new TopnError('BAD_DATA', message, { file, line })
}
