import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, onTestFinished, test } from 'vitest'
import type { CallInput } from '../contract/calls'
import type { RunMember, RunRecord } from '../contract/records'
import { openStore } from '../store'
import { readManifest } from '../training/artifact'
import { checkExperiment } from './experiment'
import { openTestEngine, type TestEngine } from './testing/open-engine'

let engine: TestEngine | null = null
afterEach(async () => {
  await engine?.close()
  engine = null
})

const split = { strategy: 'leave-last-out', validation: { strategy: 'leave-last-out' } } as const
const members = [
  { model: 'item-knn', params: { neighbors: 20 } },
  { model: 'ials', params: { embedding_size: 8, epochs: 3 } },
]

async function openSample(options = {}): Promise<{ own: TestEngine; datasetId: string }> {
  const own = await openTestEngine(options)
  engine = own
  const { subject } = await own.jobEnded((await own.call('datasets.sample', {})).id)
  return { own, datasetId: subject as string }
}

const fused = ({ metrics, members: made }: RunRecord) => ({ metrics, weights: made?.map(({ weight }) => weight) })

test('members started with it are trained first; their shares are found; it outlives them', async () => {
  const { own, datasetId } = await openSample({ concurrentTrainings: 2 })
  const settings = { datasetId, split, models: [...members, { model: 'ensemble' }] }
  const started = await own.call('runs.start', settings)
  const [knn, ials, run] = await own.runsEnded(started)
  expect([knn, ials, run].map(({ state, error }) => error?.message ?? state)).toEqual(['done', 'done', 'done'])
  expect(run.members?.map(({ runId, model }) => [runId, model])).toEqual([
    [knn.id, 'item-knn'],
    [ials.id, 'ials'],
  ])
  const weights = run.members?.map(({ weight }) => weight ?? 0) ?? []
  expect(weights[0] + weights[1]).toBeCloseTo(1, 12)
  const [user] = await own.call('users.search', { datasetId, query: '', limit: 1 })
  const longList = () => own.call('lists.forUser', { runId: run.id, user: user.user, limit: 30 })
  const list = await longList()

  const file = await own.call('runs.experiment', { runId: run.id })
  expect(file.models).toEqual([
    members[0],
    { model: 'ials', params: members[1].params },
    { model: 'ensemble', members: [0, 1] },
  ])
  const copy = await own.call('runs.duplicate', { runId: run.id })
  expect(copy.members).toEqual(run.members)

  await own.call('runs.delete', { runId: knn.id })
  await own.call('runs.delete', { runId: ials.id })
  expect(await longList()).toEqual(list)
  const again = await own.call('runs.again', { runId: run.id })
  expect(again.members?.map(({ weight }) => weight)).toEqual([null, null])
  const [repeated] = await own.runsEnded([again])
  expect(fused(repeated)).toEqual(fused(run))
  const everyone = await own.jobEnded((await own.call('lists.forEveryone', { runId: run.id, k: 5 })).id)
  expect(everyone.error?.message ?? everyone.state).toBe('done')

  // What the experiment file says, without the settings that the sample's file has.
  const { models, seed } = checkExperiment(JSON.parse(JSON.stringify(file)))
  const third = (await own.runsEnded(await own.call('runs.start', { datasetId, split, models, seed }))).at(-1)
  expect(third && fused(third)).toEqual(fused(run))
})

test('what cannot be is refused before anything starts', async () => {
  const { own, datasetId } = await openSample()
  const cases: [Partial<CallInput<'runs.start'>>, string, RegExp][] = [
    [{ split: null, models: [...members, { model: 'ensemble' }] }, 'params.weights', /Add one to the split/],
    [{ models: [members[0], { model: 'ensemble' }] }, 'members', /two models at least/],
    [{ models: [members[0], { model: 'ensemble', members: [0, 1] }] }, 'members[1]', /stands before/],
    [{ models: [{ ...members[0], members: [0] }] }, 'members', /not made of other runs/],
    [{ models: [{ model: 'ensemble', members: ['item-knn-1'] }] }, '', /no run item-knn-1/],
  ]
  for (const [settings, field, sentence] of cases) {
    const models = settings.models ?? []
    const refused = own.call('runs.start', { datasetId, split, ...settings, models })
    await expect(refused).rejects.toMatchObject({ message: expect.stringMatching(sentence) })
    if (field !== '') {
      await expect(refused).rejects.toMatchObject({ data: { field: `models[${models.length - 1}].${field}` } })
    }
  }
  expect(await own.call('runs.list', {})).toEqual([])
})

test('trained runs are members where data and split are theirs; one that was not trained fails it, until both are tried again', async () => {
  const { own, datasetId } = await openSample()
  const start = (models: CallInput<'runs.start'>['models'], settings = {}) =>
    own.call('runs.start', { datasetId, split, ...settings, models })
  const [knn, ials] = await own.runsEnded(await start(members))
  const ensemble = { model: 'ensemble', members: [knn.id, ials.id], params: { weights: 'equal', method: 'borda' } }
  await expect(start([ensemble], { split: null })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: expect.stringMatching(/item-knn-1 was trained on other data or another split/),
  })
  const [made] = await own.runsEnded(await start([ensemble]))
  expect(fused(made).weights).toEqual([0.5, 0.5])
  await expect(start([{ model: 'ensemble', members: [knn.id, made.id] }])).rejects.toMatchObject({
    message: expect.stringMatching(/made of runs itself/),
  })

  const [, cancelled, waiting] = await start([...members, { model: 'ensemble', params: { weights: 'equal' } }])
  const cancel = (await own.call('jobs.list', {})).find(({ subject }) => subject === cancelled.id)
  await own.call('jobs.cancel', { jobId: cancel?.id ?? '' })
  const [failed] = await own.runsEnded([waiting])
  expect(failed.error?.message).toBe(
    `${cancelled.id} is not trained, so nothing can be made of it. Train it again first.`,
  )
  const jobs = (await own.call('jobs.list', {})).filter(({ subject }) =>
    [cancelled.id, waiting.id].includes(subject ?? ''),
  )
  for (const { id } of jobs) await own.call('jobs.retry', { jobId: id })
  expect((await own.runsEnded([cancelled, waiting])).map(({ state }) => state)).toEqual(['done', 'done'])
})

const stopping = { early_stopping: 'ndcg@10', patience: 1, learning_rate: 0.05 }

/** Of each member: its epochs, what may stop it, and how many it took, in lists for everyone. */
async function learnedFromAll(own: TestEngine, { id }: RunRecord) {
  const job = await own.jobEnded((await own.call('lists.forEveryone', { runId: id, k: 5 })).id)
  expect(job.error?.message ?? job.state).toBe('done')
  const { members: made } = await readManifest(join(own.workspace, 'artifacts', `${id}-everyone`))
  return made?.map(({ params, learned }) => [params.epochs, params.early_stopping, learned?.epochs])
}

test('from all data a member learns as many epochs as it kept, also where its run is gone', async () => {
  const { own, datasetId } = await openSample()
  const gmf = { model: 'gmf', params: { ...stopping, embedding_size: 4, batch_size: 512, epochs: 40 } }
  const models = [gmf, members[0], { model: 'ensemble', params: { weights: 'equal' } }]
  const [member, , run] = await own.runsEnded(await own.call('runs.start', { datasetId, split, models }))
  const { bestEpoch, ...ended } = member.learned ?? { bestEpoch: null }
  expect(ended).toEqual({ epochs: (bestEpoch ?? 0) + 1, isStoppedEarly: true })
  expect(run.members?.map(({ learned }) => learned)).toEqual([member.learned, null])

  const kept = [
    [bestEpoch, 'off', bestEpoch],
    [undefined, undefined, undefined],
  ]
  expect(await learnedFromAll(own, run)).toEqual(kept)

  await own.call('runs.delete', { runId: member.id })
  const [again] = await own.runsEnded([await own.call('runs.again', { runId: run.id })])
  expect(again.members?.map(({ learned }) => learned)).toEqual([member.learned, null])
  expect(await learnedFromAll(own, again)).toEqual(kept)
}, 60_000)

test('of a member that an older version noted nothing of, its run knows how many epochs it kept', async () => {
  const workspace = mkdtempSync(join(tmpdir(), 'topn-older-'))
  onTestFinished(() => rmSync(workspace, { recursive: true }))
  const { own: before, datasetId } = await openSample({ workspace })
  const gmf = { model: 'gmf', params: { ...stopping, embedding_size: 4, batch_size: 512, epochs: 40 } }
  const models = [gmf, members[0], { model: 'ensemble', params: { weights: 'equal' } }]
  const [member, , run] = await before.runsEnded(await before.call('runs.start', { datasetId, split, models }))
  await before.close()
  for (const each of run.members ?? []) delete (each as Partial<RunMember>).learned
  const store = await openStore(workspace)
  await store.saveRun(run)
  await store.close()

  engine = await openTestEngine({ workspace })
  const read = (await engine.call('runs.list', {})).find(({ id }) => id === run.id)
  expect(read?.members?.map(({ learned }) => learned)).toEqual([null, null])
  expect((await learnedFromAll(engine, run))?.[0]).toEqual([
    member.learned?.bestEpoch,
    'off',
    member.learned?.bestEpoch,
  ])
}, 60_000)
