import { resolve } from 'node:path'
import type { EngineClient } from '../contract/calls'
import type { RunRecord } from '../contract/records'
import { onlyArgument, readArguments, wholeNumber } from './arguments'
import type { Command } from './commands'
import { openEngine, showProgress } from './engine'
import { unlessInterrupted } from './interrupt'
import { allEnded, finishRuns, resumeAdvice } from './run'
import { noteUnfinished, readUnfinished } from './unfinished'

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
    const { workspace, runs: started } = await readUnfinished(out)
    const engine = await openEngine({ workspace, threads: wholeNumber('--threads', values.threads, 0, 0) })
    const stop = showProgress(engine.client)
    try {
      const goOn = async () => {
        const ids = await startAgain(engine.client, started)
        await noteUnfinished(out, { workspace, runs: ids })
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

/** Resumes what is paused, and repeats what the interruption ended; answers the ids of all runs. */
async function startAgain(client: EngineClient, started: readonly string[]): Promise<string[]> {
  const known = new Map((await client.call('runs.list', {})).map((run) => [run.id, run]))
  const ids: string[] = []
  for (const runId of started) {
    const run = known.get(runId)
    if (run?.state === 'paused') await client.call('runs.resume', { runId })
    if (run) ids.push(isCutOff(run) ? (await client.call('runs.again', { runId })).id : runId)
  }
  return ids
}

function isCutOff({ state, error }: RunRecord): boolean {
  return state === 'cancelled' || (state === 'failed' && error?.code === 'PROCESS_ENDED')
}
