import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { ModelEntry } from '../../contract/experiment'
import { createRandom } from '../../models/random'
import { openTestEngine } from './open-engine'

const [genres, perGenre, users] = [4, 20, 80]
const genreNames = ['Comedy', 'Drama', 'Horror', 'Western']

/** Each user takes films of one genre; beside it stands one of a few words, which says nothing. */
function writeTastes(folder: string) {
  const random = createRandom(4)
  const lines = Array.from({ length: users }, (_, user) => {
    const films = new Set<number>()
    while (films.size < 6) films.add(random.integer(perGenre) * genres + (user % genres))
    return [...films].map((film, at) => `u${user},f${film},${1000 * user + at}`)
  })
  const films = Array.from({ length: genres * perGenre }, (_, film) => {
    return `f${film},Film ${film},${genreNames[film % genres]},word${random.integer(6)}`
  })
  const [interactions, items] = [join(folder, 'choices.csv'), join(folder, 'films.csv')]
  writeFileSync(interactions, `${['user,item,timestamp', ...lines.flat()].join('\n')}\n`)
  writeFileSync(items, `${['item,title,genre,word', ...films].join('\n')}\n`)
  return { path: interactions, items: { path: items } }
}

/** Trains the models and, after the workspace was closed and opened again, asks them to whom a new film would be shown. */
export async function expectAudiences(models: ModelEntry[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'topn-test-'))
  const workspace = join(folder, 'workspace')
  const first = await openTestEngine({ workspace })
  const opened = await first.jobEnded((await first.call('datasets.open', writeTastes(folder))).id)
  const runs = await first.runsEnded(
    await first.call('runs.start', {
      datasetId: opened.subject as string,
      features: ['genre', 'word'].map((column) => ({ as: 'categories', of: 'items', column })),
      models,
    }),
  )
  await first.close()
  const engine = await openTestEngine({ workspace })
  try {
    for (const { id, error, model } of runs) {
      expect(error, model).toBeNull()
      for (const [genre, name] of genreNames.entries()) {
        const asked = { runId: id, columns: [`genre: ${name}`, 'word: word1'], limit: users / genres }
        const { users: shown } = await engine.call('sandbox.coldAudience', asked)
        const right = shown.filter(({ user }) => Number(user.slice(1)) % genres === genre)
        expect(right.length / (users / genres), `${model}, ${name}`).toBeGreaterThanOrEqual(0.95)
      }
    }
  } finally {
    await engine.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
