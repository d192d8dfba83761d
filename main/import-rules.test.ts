import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')

interface Import {
  file: string
  /** A path from the root without ending, or a package's name. */
  target: string
}

/** Tests, and what they share, may import what they test with. */
const ofTests = /\.(test|spec|long)\.tsx?$|(^|[\\/])testing[\\/]/

function sourcesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !ofTests.test(path))
    .map((path) => join(folder, path).replaceAll('\\', '/'))
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g,
  )
  return [...found].map(([, named, dynamic]) => {
    const specifier = named ?? dynamic
    const isOwn = specifier.startsWith('.')
    const target = isOwn ? relative(root, resolve(root, dirname(file), specifier)).replaceAll('\\', '/') : specifier
    return { file, target }
  })
}

const all = ['main', 'preload', 'renderer'].flatMap(sourcesBelow).flatMap(importsOf)
const isIn = (path: string, ...folders: string[]) =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`))
const isOwn = (target: string) => isIn(target, 'main', 'preload', 'renderer')
const lines = (imports: Import[]) => imports.map(({ file, target }) => `${file} imports ${target}`)

/** Imports of the project's own files from `from` that lie outside `allowed`. */
function strays(from: string, ...allowed: string[]): string[] {
  return lines(all.filter(({ file, target }) => isIn(file, from) && isOwn(target) && !isIn(target, from, ...allowed)))
}

/** Imports of a package from outside the folders that own it. */
function borrowers(isPackage: RegExp, ...owners: string[]): string[] {
  return lines(
    all.filter(({ file, target }) => isPackage.test(target) && !isIn(file.replace(/\.tsx?$/, ''), ...owners)),
  )
}

test('imports are found at all', () => {
  expect(all.length).toBeGreaterThan(200)
  expect(all).toContainEqual({ file: 'main/engine/engine.ts', target: 'main/store' })
})

test('the contract imports nothing of ours', () => {
  expect(strays('main/contract')).toEqual([])
})

test('the link imports the contract only', () => {
  expect(strays('main/link', 'main/contract')).toEqual([])
})

test('models import contract and compute only, and nothing of Node', () => {
  expect(strays('main/models', 'main/contract', 'main/compute')).toEqual([])
  expect(lines(all.filter(({ file, target }) => isIn(file, 'main/models') && target.startsWith('node:')))).toEqual([])
})

test('tuning is pure', () => {
  expect(strays('main/tuning', 'main/contract', 'main/models')).toEqual([])
  expect(lines(all.filter(({ file, target }) => isIn(file, 'main/tuning') && target.startsWith('node:')))).toEqual([])
})

test('evaluation is pure', () => {
  expect(strays('main/evaluation', 'main/contract', 'main/models', 'main/data')).toEqual([])
  expect(lines(all.filter(({ file, target }) => isIn(file, 'main/evaluation') && target.startsWith('node:')))).toEqual(
    [],
  )
})

test('projection is pure', () => {
  const allowed = ['main/contract', 'main/models', 'main/compute', 'main/data/features/principal-components']
  expect(strays('main/projection', ...allowed)).toEqual([])
  expect(lines(all.filter(({ file, target }) => isIn(file, 'main/projection') && target.startsWith('node:')))).toEqual(
    [],
  )
})

test('explanation is pure', () => {
  expect(strays('main/explanation', 'main/contract', 'main/models')).toEqual([])
})

test('the renderer imports contract and link only', () => {
  expect(strays('renderer', 'main/contract', 'main/link', 'preload')).toEqual([])
})

test('the engine knows no door', () => {
  const doors = ['main/desktop', 'main/serve', 'main/cli', 'renderer', 'preload']
  const inner = readdirSync(join(root, 'main'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `main/${name}`)
    .filter((folder) => !doors.includes(folder) && folder !== 'main/contract')
  expect(inner).toEqual(expect.arrayContaining(['main/engine', 'main/explanation', 'main/import', 'main/reranking']))
  const wrong = all.filter((each) => isIn(each.file, ...inner) && isIn(each.target, ...doors))
  expect(lines(wrong)).toEqual([])
})

test('one owner for each driver', () => {
  expect(borrowers(/^@duckdb\//, 'main/store')).toEqual([])
  expect(borrowers(/^@tensorflow\/|^onnxruntime-/, 'main/compute')).toEqual([])
  expect(borrowers(/^electron$/, 'main/desktop', 'preload')).toEqual([])
  expect(borrowers(/^echarts/, 'renderer/charts')).toEqual([])
  expect(borrowers(/^ws$/, 'main/serve', 'main/link')).toEqual([])
  expect(borrowers(/^birpc$/, 'main/link')).toEqual([])
})

test('a job starts without what takes long to load: the database driver, and texts of reports in other languages', () => {
  const built = join(root, 'out', 'test')
  const loaded = new Set<string>()
  const load = (file: string) => {
    if (loaded.has(file)) return
    loaded.add(file)
    if (!file.startsWith('./')) return
    for (const [, next] of readFileSync(join(built, file), 'utf8').matchAll(/^import [^"]*"([^"]+)"/gm)) load(next)
  }
  load('./job.js')
  expect(loaded.size).toBeGreaterThan(5)
  expect([...loaded].filter((file) => file.includes('duckdb'))).toEqual([])
  const speaking = readdirSync(built).filter(
    (file) => file.endsWith('.js') && readFileSync(join(built, file), 'utf8').includes('modelCardSentences = {'),
  )
  expect(speaking).not.toEqual([])
  expect(speaking.filter((file) => loaded.has(`./${file}`))).toEqual([])
})
