import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { TopnError } from '../contract/errors'
import { writeFileAtomic } from '../files/atomic'

/** What `topn run` has started for a folder and not written yet. */
export interface Unfinished {
  workspace: string
  /** Ids of the runs, in their order. */
  runs: string[]
}

const fileIn = (out: string) => join(out, 'unfinished.json')

export async function noteUnfinished(out: string, unfinished: Unfinished): Promise<void> {
  await writeFileAtomic(fileIn(out), Buffer.from(`${JSON.stringify(unfinished, null, 2)}\n`))
}

/** Throws NOT_FOUND where nothing is unfinished. */
export async function readUnfinished(out: string): Promise<Unfinished> {
  try {
    return JSON.parse(await readFile(fileIn(out), 'utf8'))
  } catch (cause) {
    throw new TopnError('NOT_FOUND', `Nothing is unfinished in ${out}.`, { file: out }, { cause })
  }
}

export async function forgetUnfinished(out: string): Promise<void> {
  await rm(fileIn(out), { force: true })
}
