import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom } from '../models/random'
import { openMemoryDatabase } from './database'
import { distinctTimes } from './distinct-times'

let database: Awaited<ReturnType<typeof openMemoryDatabase>>
beforeAll(async () => {
  database = await openMemoryDatabase()
})
afterAll(() => database.close())

const { integer } = createRandom(3)
const draw = (least: number, range: number, scale = 1) =>
  Array.from({ length: 5000 }, () => (least + integer(range)) * scale)

test.each([
  ['dense', draw(1_000_000_000, 4000)],
  ['before and after 1970', draw(-2000, 4000)],
  ['far apart', draw(0, 4_000_000_000)],
  ['with halves of seconds', draw(1000, 3000, 0.5)],
  ['one and the same', Array.from({ length: 10 }, () => 5)],
])('times that are %s are counted as a set counts them', async (_, times) => {
  const found = await database.use(async (connection) => {
    await connection.run('CREATE OR REPLACE TABLE times (timestamp DOUBLE)')
    await connection.run(`INSERT INTO times VALUES ${times.map((time) => `(${time})`).join(', ')}, (NULL)`)
    return distinctTimes(connection, 'times', {
      count: times.length,
      first: Math.min(...times),
      last: Math.max(...times),
      fractions: times.filter((time) => !Number.isInteger(time)).length,
    })
  })
  expect(found).toBe(new Set(times).size)
})
