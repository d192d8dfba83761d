import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CleanStep } from '../../main/contract/clean'
import { openStore } from '../../main/store'
import { dataFolder } from '../data'
import { measurePeer } from '../peers/python'

// Does every cleaning step leave what Polars leaves? Two data sets, each in two orders. Run: npm run bench -- studies/recipe

interface Study {
  name: string
  path: string
  /** Delimiter, and whether there is a header. */
  layout: [delimiter: string, header: 'header' | 'none']
  recipe: CleanStep[]
}

const films: CleanStep[] = [
  { step: 'date-range', from: '1998-06-01', to: '2015-12-31' },
  { step: 'user-outliers', more_than: 1000, per_minute: 60 },
  { step: 'rating-filter', min: 3.5 },
  { step: 'item-outliers', more_than: 150 },
  { step: 'k-core', user: 5, item: 4 },
]
const plays: CleanStep[] = [
  { step: 'rating-map', map: 'clip', max: 5000 },
  { step: 'duplicates', keep: 'sum' },
  { step: 'item-outliers', more_than: 500 },
  { step: 'rating-filter', min: 10 },
  { step: 'k-core', user: 3, item: 10 },
]
const ratings = join(dataFolder, 'ml-latest-small', 'ratings.csv')
const artists = join(dataFolder, 'lastfm-hetrec', 'user_artists.dat')
const small: Study = { name: 'ml-latest-small', path: ratings, layout: [',', 'header'], recipe: films }
const counts: Study = { name: 'lastfm-hetrec', path: artists, layout: ['\t', 'none'], recipe: plays }
const studies = [small, counts].flatMap((study) => [study, { ...study, recipe: study.recipe.toReversed() }])

const folder = mkdtempSync(join(tmpdir(), 'topn-study-'))
const store = await openStore(join(folder, 'workspace'))
try {
  for (const study of studies) await compare(study)
} finally {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
}

async function compare({ name, path, layout, recipe }: Study): Promise<void> {
  const signal = new AbortController().signal
  const { id } = await store.loadDataset({ name, source: { interactions: path, clean: [] }, report() {}, signal })
  const steps = await store.tryCleaning({ datasetId: id, clean: recipe, signal })
  const own = Object.fromEntries(
    steps.flatMap(({ after }, at) => Object.entries(after).map(([count, value]) => [`${at} ${count}`, value])),
  )
  const written = join(folder, 'recipe.json')
  writeFileSync(written, JSON.stringify(recipe))
  const theirs = measurePeer('measure_recipe.py', [path, ...layout, written])
  if (typeof theirs === 'string') return console.log(theirs)
  const different = Object.keys(own).filter((key) => own[key] !== theirs[key])
  if (different.length > 0) process.exitCode = 1
  const said = different.map((key) => `${key}: ${own[key]}, Polars ${theirs[key]}`).join('; ')
  const order = recipe.map(({ step }) => step).join(', ')
  console.log(`${name}, ${order}: ${said || `${Object.keys(own).length} counts are the same`}`)
}
