import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isNetwork } from '../contract/parameters'
import { models } from '../models/registry'

/** Built by scripts/vitest-setup.mjs. */
const cli = resolve(import.meta.dirname, '../../out/test/cli.js')
const films = join(process.env.TOPN_DATA ?? resolve(import.meta.dirname, '../../../shared/data'), 'ml-latest-small')
const folder = mkdtempSync(join(tmpdir(), 'topn-networks-'))
afterAll(() => rmSync(folder, { recursive: true }))

const topn = (...words: string[]) => execFileSync(process.execPath, [cli, ...words], { cwd: folder, encoding: 'utf8' })

const networks = models.filter(isNetwork)

test.skipIf(!existsSync(films))(
  'one experiment file trains every network on the processor, and lists for its users',
  () => {
    const items = { path: join(films, 'movies.csv'), id: 'movieId', title: 'title', features: ['genres'] }
    const clean = [
      { step: 'rating-filter', min: 4 },
      { step: 'k-core', user: 5, item: 5 },
    ]
    const experiment = {
      dataset: { interactions: join(films, 'ratings.csv'), items, clean },
      evaluation: { cutoffs: [10], metrics: ['ndcg', 'coverage'] },
      models: [{ model: 'random' }, ...networks.map(({ id }) => ({ model: id, params: { epochs: 3 } }))],
      device: 'cpu',
    }
    writeFileSync(join(folder, 'experiment.json'), JSON.stringify(experiment))
    topn('run', 'experiment.json', '--out', 'out')
    const { runs } = JSON.parse(readFileSync(join(folder, 'out', 'leaderboard.json'), 'utf8'))
    const named = new Map<string, { device: string; metrics: Record<string, number> }>(
      runs.map((run: { model: string }) => [run.model, run]),
    )
    expect(named.size).toBe(networks.length + 1)
    for (const { id } of networks) {
      expect(named.get(id)?.device, id).toBe('cpu')
      expect(named.get(id)?.metrics['ndcg@10'], id).toBeGreaterThan(2 * (named.get('random')?.metrics['ndcg@10'] ?? 1))
      const listed = topn('recommend', '--run', 'out', '--model', id, '--user', '15', '-k', '10')
      expect(listed.trim().split('\n').length, id).toBeGreaterThanOrEqual(10)
    }
  },
  1_800_000,
)
