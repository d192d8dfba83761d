import type { EngineService } from '../contract/calls'
import type { FromEngine } from './messages'

/** Tells Electron's main process what it must know of the engine: the open workspace and the work under way. */
export function tellNews(engine: Pick<EngineService, 'subscribe'>, tell: (message: FromEngine) => void): void {
  const titles = new Map<string, string>()
  engine.subscribe(({ name, value }) => {
    if (name === 'workspace') tell({ kind: 'workspace', path: value.path })
    // A job that is known and goes on, or is unknown and over, is no news.
    if (name !== 'job' || titles.has(value.id) !== (value.endedAt !== null)) return
    if (value.endedAt === null) titles.set(value.id, value.title)
    else titles.delete(value.id)
    tell({ kind: 'work', titles: [...titles.values()] })
  })
}
