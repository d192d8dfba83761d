import { expect, test } from 'vitest'
import { openTestEngine } from './testing/open-engine'

test('an ensemble that waits for a paused member goes on once the member is deleted', async () => {
  const engine = await openTestEngine()
  try {
    const { subject } = await engine.jobEnded((await engine.call('datasets.sample', {})).id)
    const gmf = { model: 'gmf', params: { embedding_size: 4, batch_size: 2048, epochs: 1 } }
    const ensemble = { model: 'ensemble', params: { weights: 'equal' } }
    const models = [gmf, { model: 'popularity' }, ensemble]
    const [member, other, made] = await engine.call('runs.start', { datasetId: subject as string, models })
    await engine.call('runs.pause', { runId: member.id })
    await engine.runsEnded([other])
    const stateOf = async () => (await engine.call('runs.list', {})).find(({ id }) => id === made.id)?.state
    expect(await stateOf()).toBe('queued')
    await engine.call('runs.delete', { runId: member.id })
    expect((await engine.runsEnded([made]))[0].state).toBe('done')
  } finally {
    await engine.close()
  }
}, 20_000)
