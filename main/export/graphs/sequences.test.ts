import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scoreBySequence } from '../proof/plain-sequences'
import { type Program, programs } from '../testing/programs'
import { filledUp, sequenceItems as items, matrix, sequenceForms, sequences, size } from '../testing/sequence-forms'
import { scoring } from './scoring'

const longest = 7

const cases = Object.keys(programs).flatMap((program) => Object.keys(sequenceForms).map((reader) => [program, reader]))

describe.each(cases)('%s of %s', (name, kind) => {
  const form = sequenceForms[kind]
  let program: Program
  beforeAll(async () => {
    program = await programs[name](scoring(form))
  })
  afterAll(() => program.close())

  async function scoresOf(rows: number[][], length: number) {
    const scores = await program.scores({ items: filledUp(rows, length) })
    return rows.map((_, row) => scores.subarray(row * items, (row + 1) * items))
  }

  test('histories of any length score in one batch as in plain loops, filled up with -1', async () => {
    const found = await scoresOf(sequences, longest)
    sequences.forEach((history, row) => {
      const plain = scoreBySequence(form, Uint32Array.from(history))
      plain.forEach((score, item) => {
        if (Number.isNaN(score)) expect(found[row][item]).toBe(Number.NEGATIVE_INFINITY)
        else expect(Math.abs(found[row][item] - score)).toBeLessThan(1e-4)
      })
    })
    // Nothing is listed for an empty history, and an unknown item for nobody.
    expect(found[2].every((score) => score === Number.NEGATIVE_INFINITY)).toBe(true)
    expect(found[3][4]).toBe(Number.NEGATIVE_INFINITY)
  })

  test('a history scores the same by itself, without anything that fills it up', async () => {
    const [[, , , alone], [own]] = [await scoresOf(sequences, longest), await scoresOf([[5]], 1)]
    own.forEach((score, item) => {
      if (item !== 4) expect(Math.abs(score - alone[item])).toBeLessThan(1e-4)
    })
  })

  test('a row that is no item is an error', async () => {
    await expect(scoresOf([[2, items]], 2)).rejects.toThrow()
  })

  test('what a user adds is added to each history', async () => {
    const users = matrix(2, size)
    const own = await programs[name](scoring({ kind: 'personal-sequence', users, sequence: form }))
    const scores = await own.scores({
      items: { whole: true, shape: [1, 2], numbers: [7, 2] },
      user: { whole: true, shape: [1], numbers: [1] },
    })
    const plain = scoreBySequence(form, Uint32Array.of(7, 2), Float64Array.from(users.data.subarray(size)))
    plain.forEach((score, item) => {
      if (item !== 4) expect(Math.abs(scores[item] - score)).toBeLessThan(1e-4)
    })
    await own.close()
  })
})
