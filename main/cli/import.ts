import { resolve } from 'node:path'
import type { CallInput } from '../contract/calls'
import { type Elsewhere, type MovedFound, sayUnknown } from '../contract/elsewhere'
import { fromPlainError, TopnError } from '../contract/errors'
import type { RunRecord } from '../contract/records'
import { findRun } from '../export/run-folder'
import { readArguments } from './arguments'
import type { Command } from './commands'
import { openEngine, showProgress, until } from './engine'
import { formatTable } from './table'

const usage =
  'import --run DIR [--model ID] (--lists FILE | --vectors FILE | --users FILE --items FILE | --scorer FILE | --trained RUN) [--user-ids FILE] [--item-ids FILE] [--history-length N] [--name NAME] [--json]'

export const importRun: Command = {
  usage,
  meaning:
    'Bring in what another program made, as a run beside the one that is named: judged on the same data, split and definitions. DIR is a folder that run wrote, or a workspace. Lists: Parquet or CSV of user_id, item_id, score and rank, or a TREC run. Vectors: .npz, .npy or safetensors of users and items. A scorer: ONNX, with the ids of its rows. Or RUN, trained in the same workspace on other data that has the same features.',
  async run(args) {
    const { values } = readArguments(usage, args, {
      run: { type: 'string' },
      workspace: { type: 'string' },
      model: { type: 'string' },
      lists: { type: 'string' },
      scorer: { type: 'string' },
      trained: { type: 'string' },
      'history-length': { type: 'string' },
      vectors: { type: 'string' },
      users: { type: 'string' },
      items: { type: 'string' },
      'user-ids': { type: 'string' },
      'item-ids': { type: 'string' },
      name: { type: 'string' },
      json: { type: 'boolean' },
    })
    const folder = values.run ?? values.workspace
    const from = elsewhereOf(values)
    if (folder === undefined || from === null) {
      throw new TopnError(
        'BAD_REQUEST',
        `Name --run, and --lists, --vectors, --users and --items, --scorer or --trained. Usage: topn ${usage}`,
      )
    }
    const { manifest } = await findRun(folder, values.model)
    const what = { from, ...(values.name && { name: values.name }) }
    const [brought, beside] = await bring(resolve(folder), manifest.runId, what)
    console.log(values.json ? JSON.stringify(brought) : describe(brought, beside))
  },
}

/** Null where it is none, or more than one. */
function elsewhereOf(values: Partial<Record<string, string | boolean>>): Elsewhere | null {
  const path = (name: string) => (typeof values[name] === 'string' ? resolve(values[name]) : null)
  const [lists, scorer, both] = [path('lists'), path('scorer'), path('vectors')]
  const [users, items] = [path('users') ?? both, path('items') ?? both]
  const ids = { userIds: path('user-ids'), itemIds: path('item-ids') }
  const trained = typeof values.trained === 'string' ? values.trained : null
  if ([lists, scorer, trained, users ?? items].filter((each) => each !== null).length !== 1) return null
  if (values['history-length'] !== undefined && scorer === null)
    throw new TopnError(
      'BAD_REQUEST',
      '--history-length needs --scorer: lists, vectors and runs read no histories by it.',
    )
  if (trained !== null) return { kind: 'run', runId: trained }
  if (lists !== null) return { kind: 'lists', file: lists }
  if (scorer !== null) return { kind: 'scorer', file: scorer, ...ids, historyLength: historyLengthOf(values) }
  return users === null || items === null ? null : { kind: 'vectors', users, items, ...ids }
}

function historyLengthOf({ 'history-length': given }: Partial<Record<string, string | boolean>>): number | null {
  if (given === undefined) return null
  const length = Number(given)
  if (Number.isInteger(length) && length > 0) return length
  throw new TopnError('BAD_REQUEST', `--history-length is a whole number from 1 on, not ${given}.`)
}

type What = Pick<CallInput<'runs.import'>, 'from' | 'name'>

/** The new run, and the one whose data and definitions it has. */
async function bring(workspace: string, runId: string, what: What): Promise<[RunRecord, RunRecord]> {
  const engine = await openEngine({ workspace, threads: 0 })
  const stop = showProgress(engine.client)
  try {
    const { client } = engine
    const find = async (id: string) => (await client.call('runs.list', {})).find((run) => run.id === id)
    const beside = await find(runId)
    if (!beside) throw new TopnError('NOT_FOUND', `There is no run ${runId} in ${workspace}. Name its workspace.`)
    const { datasetId, clean, split, evaluation, seed } = beside
    const { id } = await client.call('runs.import', { datasetId, clean, split, evaluation, seed, ...what })
    const brought = await until(client, async () => {
      const run = await find(id)
      if (run?.error) throw fromPlainError(run.error)
      return run?.state === 'done' ? run : null
    })
    return [brought, beside]
  } finally {
    stop()
    await engine.close()
  }
}

function describe(run: RunRecord, beside: RunRecord): string {
  const found = run.elsewhere?.found
  const rows = Object.entries(run.metrics).map(([key, value]) => [key, value, beside.metrics[key] ?? ''])
  return [
    formatTable(['metric', run.name, beside.name], rows),
    ...(found?.moved ? movedLines(found.moved) : []),
    ...(found && !found.moved
      ? [
          `${found.rows} rows, ${found.leftOut} of them left out: ${sayUnknown(found.unknownUsers)} users and ${sayUnknown(found.unknownItems)} items are not in this data.`,
          `${found.withoutList} users with test items have no list and are judged by empty ones.`,
        ]
      : []),
  ].join('\n')
}

function movedLines({ run, dataset, features, items, itemsWithFeatures }: MovedFound): string[] {
  const rows = features.map(({ name, problem, learned, shared, unknown, values, lost }) =>
    problem ? [name, problem, '', ''] : [name, `${shared} of ${learned}`, unknown, `${lost} of ${values}`],
  )
  return [
    `Trained on ${dataset} as ${run}: ${itemsWithFeatures} of ${items} items have a feature that it knows.`,
    formatTable(['feature', 'learned and here', 'not learned', 'numbers lost'], rows),
  ]
}
