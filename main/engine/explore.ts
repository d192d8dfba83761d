import { join } from 'node:path'
import type { CheckedInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import { profileReport } from '../export/profile-report/report'
import { reportLanguages } from '../export/profile-report/texts'
import { writeFileAtomic } from '../files/atomic'
import { safeName } from '../files/safe-name'
import type { Store } from '../store'
import { attributesOf } from './features'
import type { Hub } from './hub'
import type { Handlers } from './service'
import { viewProgress } from './view-progress'
import type { WorkspaceFolders } from './workspace'

export type ExploreCalls = 'datasets.explore' | 'datasets.report' | 'datasets.values'

/** What filters leave of a dataset, for screens that ask again at every stroke. */
export function exploreHandlers(store: Store, folders: WorkspaceFolders, hub: Hub): Pick<Handlers, ExploreCalls> {
  /** What each place of a screen waits for. */
  const running = new Map<string, AbortController>()

  async function report({ language, ...request }: CheckedInput<'datasets.report'>): Promise<{ path: string }> {
    const { id, name } = await store.dataset(request.datasetId)
    const exploration = await store.explore({ ...request, signal: new AbortController().signal })
    const names = new Map((await store.selections()).map((selection) => [selection.id, selection.name]))
    const page = profileReport({
      name,
      exploration,
      steps: request.clean.length,
      filters: request.filters,
      selectionName: (selectionId) => names.get(selectionId) ?? selectionId,
      texts: reportLanguages[language],
      language,
      madeAt: Date.now() / 1000,
    })
    const path = join(folders.exports, safeName(`${name}-profile-${id}.html`))
    await writeFileAtomic(path, Buffer.from(page))
    return { path }
  }

  async function values({ datasetId, of, name, ...options }: CheckedInput<'datasets.values'>) {
    const found = attributesOf(await store.dataset(datasetId), [])[of].find((attribute) => attribute.name === name)
    if (!found) throw new TopnError('BAD_REQUEST', `The ${of} have no attribute ${name}.`, { field: 'name' })
    return store.attributeValues(datasetId, of, found, options)
  }

  return {
    'datasets.values': values,
    'datasets.report': report,
    async 'datasets.explore'({ view, ...request }) {
      const controller = new AbortController()
      const older = view === undefined ? undefined : running.get(view)
      if (view !== undefined) running.set(view, controller)
      // The newer one waits already, so that what both need is not given up.
      const answer = store.explore({ ...request, signal: controller.signal, report: viewProgress(hub, view) })
      older?.abort(new TopnError('CANCELLED', 'Newer filters are asked for instead.'))
      try {
        return await answer
      } finally {
        if (view !== undefined && running.get(view) === controller) running.delete(view)
      }
    },
  }
}
