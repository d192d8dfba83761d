import { contractVersion, type EngineClient, type Event, type Events } from '../../main/contract/calls'
import { toPlainError } from '../../main/contract/errors'
import { assignColours } from './colours'
import { changedDrafts, parseDrafts, useDrafts } from './draft'
import { changedSettings, parseMemory, remember, useMemory } from './memory'
import { showError } from './notify'
import { hearProgress } from './progress'
import { applyEvent, byId, chooseDataset, useWorkbench, type Workbench } from './workbench'

/**
 * Fills the workbench from the engine and keeps it up to date, also when the engine turns to another workspace. Events
 * that arrive before the lists do are applied again on top of them, so that none is lost whichever was sent first.
 */
export async function openSession(client: EngineClient, onNotice: (notice: Events['notice']) => void): Promise<void> {
  let early: Event[] | null = null

  async function reload() {
    const events: Event[] = []
    early = events
    const { settings, workbench } = await load(client)
    if (early !== events) return
    useMemory.setState(parseMemory(settings), true)
    useDrafts.setState({ drafts: parseDrafts(settings, workbench.datasets.values()) })
    early = null
    useWorkbench.setState(events.reduce(applyEvent, workbench), true)
  }

  function write(settings: { key: string; value: unknown }[]) {
    // What is put in place of another workspace's memory is no change of it.
    if (early) return
    for (const setting of settings) client.call('workspace.remember', setting).catch(() => {})
  }
  const stopMemory = useMemory.subscribe((now, before) => write(changedSettings(now, before)))
  const stopDrafts = useDrafts.subscribe((now, before) => write(changedDrafts(now.drafts, before.drafts)))
  void client.closed.then(stopMemory)
  void client.closed.then(stopDrafts)
  client.subscribe((event) => {
    if (event.name === 'notice') onNotice(event.value)
    else if (event.name === 'progress') hearProgress(event.value)
    else if (event.name === 'workspace') reload().catch((error) => showError(toPlainError(error, true)))
    else if (early) early.push(event)
    else useWorkbench.setState((state) => applyEvent(state, event), true)
  })
  await reload()
  // Trying them takes a moment that the window does not wait for.
  client.call('workspace.devices', {}).then(
    (devices) => useWorkbench.setState({ devices }),
    () => {},
  )
}

useWorkbench.subscribe(({ workspace, datasetInForce, selectionInForce, colours }, before) => {
  if (!workspace) return
  if (datasetInForce !== before.datasetInForce) remember({ datasetInForce })
  if (selectionInForce !== before.selectionInForce) remember({ selectionInForce })
  if (colours !== before.colours) remember({ colours: [...colours] })
})

async function load(client: EngineClient): Promise<{ settings: Record<string, unknown>; workbench: Workbench }> {
  const workspace = await client.call('workspace.hello', { version: contractVersion })
  const [settings, models, datasets, runs, jobs, selections, studies] = await Promise.all([
    client.call('workspace.settings', {}),
    client.call('models.list', {}),
    client.call('datasets.list', {}),
    client.call('runs.list', {}),
    client.call('jobs.list', {}),
    client.call('selections.list', {}),
    client.call('studies.list', {}),
  ])
  const memory = parseMemory(settings)
  const workbench = chooseDataset({
    workspace,
    devices: useWorkbench.getState().devices,
    models,
    datasets: byId(datasets),
    runs: byId(runs),
    jobs: byId(jobs),
    mapChanges: 0,
    curves: new Map(),
    selections: byId(selections),
    studies: byId(studies),
    trials: new Map(),
    datasetInForce: memory.datasetInForce,
    selectionInForce: memory.selectionInForce,
    colours: assignColours(new Map(memory.colours), runs),
  })
  return { settings, workbench }
}
