import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Compute } from '../compute/compute'
import { preparedOf } from '../data/testing/interactions'
import { readElsewhere } from './elsewhere'

/** A Python with onnx and onnxruntime. */
const python = process.env.TOPN_PYTHON ?? 'python3'
const isThere = spawnSync(python, ['-c', 'import onnx, onnxruntime, numpy']).status === 0
const folder = mkdtempSync(join(tmpdir(), 'topn-scorers-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Made {
  histories: number[][]
  scores: Record<string, number[][]>
}

test.skipIf(!isThere)(
  'scorers of the onnx package score as onnxruntime does in Python',
  { timeout: 60_000 },
  async () => {
    const script = join(import.meta.dirname, 'testing', 'make_scorers.py')
    const { status, stdout, stderr } = spawnSync(python, [script, folder], { encoding: 'utf8' })
    expect(status, stderr).toBe(0)
    const { histories, scores }: Made = JSON.parse(stdout)
    const items = scores.factors[0].length
    const prepared = preparedOf({ train: histories, test: histories.map(() => []) }, items)
    // Row 0 stands for no item where histories are filled up.
    const itemIds = Object.fromEntries(prepared.itemIds.map((id, row) => [id, row]))
    const { [prepared.itemIds[0]]: _, ...filled } = itemIds
    writeFileSync(join(folder, 'filled.json'), JSON.stringify(filled))
    writeFileSync(join(folder, 'items.json'), JSON.stringify(itemIds))
    writeFileSync(join(folder, 'users.csv'), ['user_id', ...prepared.userIds].join('\n'))
    for (const [name, rows] of Object.entries(scores)) {
      const ids = name === 'sequences' ? 'filled.json' : 'items.json'
      const from = { kind: 'scorer' as const, file: join(folder, `${name}.onnx`), historyLength: null }
      const maps = { userIds: join(folder, 'users.csv'), itemIds: join(folder, ids) }
      const context = { signal: new AbortController().signal, report() {} }
      const { model, tensors } = await readElsewhere({ ...from, ...maps }, prepared, context)
      const scorer = await model.score?.({ tensors, params: {}, compute: {} as Compute }, prepared.train)
      const own = new Float32Array(rows.length * items)
      await scorer?.score(Uint32Array.from(rows.keys()), own)
      scorer?.close()
      rows.forEach((row, user) => {
        row.forEach((score, item) => {
          const found = own[user * items + item]
          if (name === 'sequences' && item === 0) expect(found, name).toBeNaN()
          else expect(Math.abs(found - score), `${name} ${user} ${item}`).toBeLessThan(1e-5)
        })
      })
    }
  },
)
