import { resolve } from 'node:path'
import type { EngineClient } from '../contract/calls'
import type { RunRecord } from '../contract/records'
import { workspaceFolders } from '../engine/workspace'
import { onlyArgument, readArguments, wholeNumber } from './arguments'
import type { Command } from './commands'
import { openEngine, showProgress } from './engine'
import { type GoesOn, whereItGoesOn } from './goes-on'
import { unlessInterrupted } from './interrupt'
import { allEnded, finishRuns, resumeAdvice } from './run'
import { readUnfinished, type Unfinished } from './unfinished'

const usage = 'resume DIR [--threads N] [--json]'

export const resume: Command = {
  usage,
  meaning:
    'Go on with what run was interrupted at; DIR is the folder that it was to write. Networks go on from their checkpoints.',
  async run(args) {
    const { values, positionals } = readArguments(usage, args, {
      threads: { type: 'string' },
      json: { type: 'boolean' },
    })
    const out = resolve(onlyArgument(usage, positionals))
    const unfinished = await readUnfinished(out)
    const { workspace } = unfinished
    const engine = await openEngine({ workspace, threads: wholeNumber('--threads', values.threads, 0, 0) })
    const stop = showProgress(engine.client)
    try {
      const goOn = async () => {
        const ids = await startAgain(engine.client, unfinished, console.error)
        return allEnded(engine.client, new Set(ids))
      }
      const runs = await unlessInterrupted(engine, goOn(), () => resumeAdvice(out))
      await finishRuns(engine.client, { runs, tuned: null }, { out, workspace, json: values.json ?? false })
    } finally {
      stop()
      await engine.close()
    }
  },
}

/** Goes on with what is not trained and did not fail of itself, and answers the ids of all runs; `say` hears of each one before. */
export async function startAgain(
  client: Pick<EngineClient, 'call'>,
  { workspace, runs }: Unfinished,
  say: (line: string) => void,
): Promise<string[]> {
  const folders = workspaceFolders(workspace)
  const known = new Map((await client.call('runs.list', {})).map((run) => [run.id, run]))
  for (const id of runs) {
    const run = known.get(id)
    if (!run) say(`${id} is not in the workspace any more and is left out.`)
    else say(isUnfinished(run) ? describe(run, await whereItGoesOn(client, run, folders)) : describeEnded(run))
  }
  const left = runs.flatMap((id) => known.get(id) ?? [])
  for (const run of left) if (isUnfinished(run)) await client.call('runs.resume', { runId: run.id })
  return left.map(({ id }) => id)
}

function isUnfinished({ state, error }: RunRecord): boolean {
  return state === 'paused' || state === 'cancelled' || (state === 'failed' && error?.code === 'PROCESS_ENDED')
}

function describeEnded({ name, state, error }: RunRecord): string {
  if (state === 'done') return `${name} is trained and stays as it is.`
  return `${name} failed and stays as it is: ${error?.message ?? state}`
}

function describe({ name }: RunRecord, goesOn: GoesOn): string {
  if ('epoch' in goesOn) return `${name} goes on from its checkpoint, after epoch ${goesOn.epoch}.`
  return `${name} is trained from the beginning: ${goesOn.reason}.`
}
