import type { EngineClient } from '../../main/contract/calls'
import type { RunRecord } from '../../main/contract/records'
import { remember, useMemory } from '../state/memory'
import { record } from './history'
import { perform } from './steps'

type Named = Pick<RunRecord, 'id' | 'name'>

const listed = (runs: readonly Named[]) => runs.map(({ name }) => name).join(', ')

/** Puts runs at the top of the leaderboard, or back among the others. */
export function pinRuns(runs: readonly Named[], isPinned: boolean): void {
  const { pins: before } = useMemory.getState()
  const ids = runs.map(({ id }) => id)
  const others = before.filter((id) => !ids.includes(id))
  const after = isPinned ? [...others, ...ids] : others
  const put = (pins: string[]) => () => remember({ pins })
  put(after)()
  record({ text: isPinned ? 'pinRun' : 'unpinRun', name: listed(runs), undo: put(before), redo: put(after) })
}

/** Gives a tag to each of the runs, in one step. */
export async function tagRuns(
  engine: EngineClient,
  runs: readonly Pick<RunRecord, 'id' | 'name' | 'tags'>[],
  tag: string,
): Promise<void> {
  const changed = runs.filter(({ tags }) => !tags.includes(tag))
  const write = (tagsOf: (run: (typeof changed)[number]) => string[]) => (engine: EngineClient) =>
    Promise.all(changed.map((run) => engine.call('runs.change', { runId: run.id, tags: tagsOf(run) })))
  if (changed.length === 0) return
  await perform(engine, {
    text: 'tagRuns',
    name: listed(changed),
    undo: write(({ tags }) => tags),
    redo: write(({ tags }) => [...tags, tag]),
  })
}
