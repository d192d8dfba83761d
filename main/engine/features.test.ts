import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FeatureInput } from '../contract/features'
import type { RunRecord } from '../contract/records'
import { writeTinyEncoder, writeTinyImageEncoder } from '../data/features/testing/encoder'
import { pngOf } from '../data/pictures/testing/pictures'
import { openTestEngine, type TestEngine } from './testing/open-engine'

const movies = resolve(process.env.TOPN_DATA ?? resolve(import.meta.dirname, '../../../shared/data'), 'ml-latest-small')

let folder: string
let engine: TestEngine
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'topn-test-'))
  engine = await openTestEngine()
})
afterEach(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

const open = async (path: string, items?: string) =>
  (await engine.jobEnded((await engine.call('datasets.open', { path, ...(items && { items: { path: items } }) })).id))
    .subject as string

function write(name: string, lines: string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

const train = async (datasetId: string, features?: FeatureInput[], model = 'content-knn') =>
  engine.runsEnded(await engine.call('runs.start', { datasetId, ...(features && { features }), models: [{ model }] }))

const filesOf = ({ prepared }: RunRecord) =>
  readdirSync(join(engine.workspace, 'prepared', prepared as string)).filter((name) => name.startsWith('features-'))

/** Item 4 is nobody's before the test; of the others only items 1 and 3 share its genre. */
async function openSmall(): Promise<string> {
  const ratings = write('ratings.csv', [
    'user,item,timestamp',
    ...['a,1,1', 'a,2,2', 'a,4,3', 'b,2,1', 'b,3,2', 'b,1,3', 'c,5,1'].map((row) => row),
  ])
  const items = write('items.csv', ['item,title,genres', '1,One,X', '2,Two,Y', '3,Three,X', '4,Four,X', '5,Five,Z'])
  return open(ratings, items)
}

describe('features', () => {
  test('come from the attributes where nothing is said; items that nobody has chosen are listed', async () => {
    const datasetId = await openSmall()
    const [run] = await train(datasetId)
    expect(run.error).toBeNull()
    expect(run.features).toEqual([{ as: 'categories', of: 'items', column: 'genres', minimum_count: 1 }])
    const listed = await engine.call('lists.forUser', { runId: run.id, user: 'a', limit: 5 })
    // History: one of genre X, one of Y; both items of genre X are as like, and the cold one was held out.
    expect(listed.map(({ item, score, hit }) => [item, score.toFixed(4), hit])).toEqual([
      ['3', Math.SQRT1_2.toFixed(4), false],
      ['4', Math.SQRT1_2.toFixed(4), true],
    ])
    const [again] = await engine.runsEnded([await engine.call('runs.again', { runId: run.id })])
    expect(again.metrics).toEqual(run.metrics)
    expect(filesOf(run)).toHaveLength(1)
    const everyone = await engine.jobEnded((await engine.call('lists.forEveryone', { runId: run.id, k: 2 })).id)
    expect(everyone.error).toBeNull()
    expect((await train(datasetId, undefined, 'popularity'))[0].features).toBeNull()
  })

  test('are written into the experiment file only where they are not the default', async () => {
    const datasetId = await openSmall()
    const [proposed] = await train(datasetId)
    expect(await engine.call('runs.experiment', { runId: proposed.id })).not.toHaveProperty('features')
    const features: FeatureInput[] = [{ as: 'text', column: 'title', minimum_documents: 1 }]
    const [own] = await train(datasetId, features)
    expect((await engine.call('runs.experiment', { runId: own.id })).features).toEqual(features)
  })

  test('that cannot be are refused with what there is', async () => {
    const datasetId = await openSmall()
    const refusal = (features: FeatureInput[]) =>
      engine.call('runs.start', { datasetId, features, models: [{ model: 'content-knn' }] }).catch((error) => error)
    expect(await refusal([{ as: 'categories', column: 'year' }])).toMatchObject({
      code: 'BAD_REQUEST',
      message: 'features[0]: the items have no attribute year; their attributes: title, genres.',
      data: { field: 'features[0]' },
    })
    expect(await refusal([])).toMatchObject({ message: expect.stringContaining('needs features of items') })
    const [run] = await train(datasetId, [{ as: 'number', column: 'genres' }])
    expect(run.error?.message).toBe('features[0]: genres holds no number. Use it as categories or as text.')
  })

  test('are previewed with the attributes that they are made of', async () => {
    const datasetId = await openSmall()
    const preview = await engine.call('features.preview', { datasetId, features: [{ as: 'bins', column: 'genres' }] })
    expect(preview.attributes).toEqual([
      { of: 'items', name: 'title', type: 'text', rows: 5, missing: 0, distinct: 5 },
      { of: 'items', name: 'genres', type: 'category', rows: 5, missing: 0, distinct: 3 },
    ])
    expect(preview.defaults).toEqual([{ as: 'categories', of: 'items', column: 'genres', minimum_count: 1 }])
    expect(preview.features).toMatchObject([{ problem: expect.stringContaining('genres holds no number') }])
  })

  test('of texts may be the vectors of an encoder in a local folder', async () => {
    const datasetId = await openSmall()
    const path = join(folder, 'encoder')
    const features: FeatureInput[] = [{ as: 'encoder', column: 'title', path }]
    const problem = async () => (await engine.call('features.preview', { datasetId, features })).features[0].problem
    mkdirSync(path)
    const absent = `${path} holds no encoder: it needs model.onnx and tokenizer.json. Choose another folder.`
    expect(await problem()).toBe(absent)
    const start = engine.call('runs.start', { datasetId, features, models: [{ model: 'content-knn' }] })
    await expect(start).rejects.toMatchObject({ code: 'BAD_REQUEST', message: `features[0]: ${absent}` })
    writeTinyEncoder(path)
    expect(await problem()).toBeNull()
    const [run] = await train(datasetId, features)
    expect(run.error).toBeNull()
    // The encoder knows no word of the titles, so that all are alike.
    const listed = await engine.call('lists.forUser', { runId: run.id, user: 'a', limit: 5 })
    expect(listed.map(({ score }) => Number(score.toFixed(5)))).toEqual([1, 1, 1])
    expect(readdirSync(join(engine.workspace, 'vectors'))).toHaveLength(1)
  })

  test('of pictures are the vectors of an encoder, and what cannot be read is told', async () => {
    const ratings = write('ratings.csv', ['user,item,timestamp', 'a,1,1', 'a,2,2', 'b,2,1', 'b,3,2', 'b,1,3'])
    const items = write('items.csv', ['item,poster', '1,posters/red.png', '2,posters/grey.png', '3,posters/gone.png'])
    const datasetId = await open(ratings, items)
    const path = join(folder, 'encoder')
    writeTinyImageEncoder(path, { do_resize: false, do_normalize: false })
    mkdirSync(join(folder, 'posters'))
    writeFileSync(join(folder, 'posters', 'red.png'), pngOf(1, 1, [255, 0, 0]))
    writeFileSync(join(folder, 'posters', 'grey.png'), pngOf(1, 1, [90, 90, 90]))
    const features: FeatureInput[] = [{ as: 'image-encoder', column: 'poster', path }]
    // Paths of pictures are no categories that a model would learn from.
    const { defaults, features: previews } = await engine.call('features.preview', { datasetId, features })
    expect(defaults).toEqual([])
    const gone = { file: 'posters/gone.png', reason: 'There is no such file.' }
    expect(previews[0]).toMatchObject({ problem: null, gaps: { named: 3, missing: 1, examples: [gone] } })
    const elsewhere = [{ ...features[0], images: join(folder, 'absent') } as FeatureInput]
    const { features: refused } = await engine.call('features.preview', { datasetId, features: elsewhere })
    expect(refused[0]).toMatchObject({ problem: expect.stringContaining('There is no file'), gaps: null })
    const start = engine.call('runs.start', { datasetId, features: elsewhere, models: [{ model: 'content-knn' }] })
    await expect(start).rejects.toMatchObject({ message: expect.stringContaining('There is no file') })

    const [run] = await train(datasetId, features)
    expect(run.error).toBeNull()
    const log = (await engine.call('runs.log', { runId: run.id })).map(({ text }) => text)
    expect(log).toContain('poster: 1 of 3 pictures have no vector.')
    expect(log).toContain('No vector of posters/gone.png: There is no such file.')
    // Another picture under the same name is another feature; the same data are not encoded twice.
    const [again] = await train(datasetId, features)
    expect(filesOf(again)).toHaveLength(1)
    expect((await engine.call('runs.log', { runId: again.id })).map(({ text }) => text)).toContain(
      'poster: 1 of 3 pictures have no vector.',
    )
    writeFileSync(join(folder, 'posters', 'grey.png'), pngOf(2, 1, [0, 0, 255, 0, 0, 255]))
    expect(filesOf((await train(datasetId, features))[0])).toHaveLength(2)
  })

  test('are left out by groups', async () => {
    const datasetId = await openSmall()
    const model = { model: 'content-knn' }
    const features: FeatureInput[] = [
      { as: 'categories', column: 'genres' },
      { as: 'text', column: 'title', minimum_documents: 1 },
    ]
    const runs = await engine.runsEnded(await engine.call('features.ablate', { datasetId, features, model }))
    expect(runs.map(({ name, tags, features, state }) => [name, tags, features?.length, state])).toEqual([
      ['content-knn with all features', ['ablation'], 2, 'done'],
      ['content-knn without genres', ['ablation'], 1, 'done'],
      ['content-knn without title', ['ablation'], 1, 'done'],
    ])
    // One group alone cannot be left out of a model that needs it, and others take none.
    expect(await engine.call('features.ablate', { datasetId, model })).toHaveLength(1)
    const refused = engine.call('features.ablate', { datasetId, model: { model: 'popularity' } })
    await expect(refused).rejects.toMatchObject({ message: expect.stringContaining('Popularity takes no features') })
  })
})

test.skipIf(!existsSync(movies))(
  'on MovieLens latest-small, genres and title words recommend better than chance (skipped where neither TOPN_DATA nor ../shared/data is)',
  async () => {
    const datasetId = await open(join(movies, 'ratings.csv'), join(movies, 'movies.csv'))
    const runs = await engine.runsEnded(
      await engine.call('runs.start', {
        datasetId,
        features: [
          { as: 'categories', column: 'genres' },
          { as: 'text', column: 'title' },
        ],
        models: [{ model: 'content-knn' }, { model: 'random' }],
      }),
    )
    const [content, random] = runs.map(({ metrics }) => metrics['ndcg@10'])
    expect(content).toBeGreaterThan(2 * random)
    // 19 genres and "(no genres listed)", as the file's own documentation lists them.
    const { features } = await engine.call('features.preview', { datasetId })
    expect(features.map(({ columns }) => columns)).toEqual([20])
  },
)
