import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exporterOf, itemIds, prepareTastes, usualSettings } from '../testing/exported'

const folder = mkdtempSync(join(tmpdir(), 'topn-report-'))
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(() => prepareTastes(join(folder, 'prepared')))

test('a page has the run in numbers, and its lists with reasons, and nothing of the data is markup', async () => {
  const knn = await exporterOf(folder, 'item-knn')
  const path = join(folder, 'report.html')
  const runs = [
    { id: 'item-knn-1', name: '<script>alert(1)</script>', metrics: knn.manifest.metrics },
    { id: 'ease-1', name: 'ease-1', metrics: { 'ndcg@10': 0.5 } },
  ]
  const report = { clean: [], split: null, curve: [], runs, comparison: null }
  const about = { run: 'a & b', dataset: 'tastes', version: '1', pseudonymised: [], experiment: null, report }
  await knn.write('report', path, { about })
  const page = readFileSync(path, 'utf8')
  expect(page).not.toContain('<script')
  expect(page).toContain('&lt;script&gt;')
  expect(page).toContain('Report of a &amp; b')
  expect(page).toContain(knn.manifest.metrics['ndcg@10'].toFixed(4))
  expect(page).toContain(knn.manifest.files['model.safetensors'].sha256)
  expect(page).not.toMatch(/(src|href)=/)
  // Of the first user shown the best item, and an item of theirs that is among its neighbours.
  const best = knn.lists.items[0]
  expect(page).toContain(itemIds[best])
  const { neighbor_indices: neighbours } = knn.tensors
  const own = [...neighbours.data.subarray(best * neighbours.shape[1], (best + 1) * neighbours.shape[1])]
  const reason = /<td><bdi>[^<]+<\/bdi> [^(]*<\/td><td>[\d.]+<\/td><td><bdi>([^<]+)<\/bdi>/.exec(page)?.[1] ?? ''
  expect(own.map((item) => itemIds[item])).toContain(reason)
})

test('a page is in Chinese where that is asked for', async () => {
  const popularity = await exporterOf(folder, 'popularity')
  const path = join(folder, 'zh.html')
  await popularity.write('report', path, { settings: { ...usualSettings, format: 'report', language: 'zh' } })
  const page = readFileSync(path, 'utf8')
  expect(page).toContain('部分用户的列表')
  // The model's card and the formulas of the metrics too.
  for (const text of ['模型: 热门', '向所有人推荐交互最多的物品。', '假设每个人都想要多数人想要的。']) {
    expect(page).toContain(text)
  }
  expect(page).toContain('对命中的名次求和 1 / log2(名次 + 1)')
  expect(page).not.toMatch(/Recommends|Assumes|hits/)
})
