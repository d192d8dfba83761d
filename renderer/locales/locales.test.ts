import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { errorCodes } from '../../main/contract/errors'
import { metricIds } from '../../main/contract/experiment'
import { en } from './en'
import { zh } from './zh'

type Tree = { [key: string]: string | Tree }

function flatten(tree: Tree, prefix = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  )
}

const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name).sort()
const english = new Map(flatten(en))
const chinese = new Map(flatten(zh as Tree))

test('both languages have the same keys; Chinese has no singular', () => {
  const expected = [...english.keys()].filter((key) => !key.endsWith('_one'))
  expect([...chinese.keys()].sort()).toEqual(expected.sort())
})

test('both languages have the same placeholders', () => {
  for (const [key, text] of chinese)
    expect([key, ...placeholders(text)]).toEqual([key, ...placeholders(english.get(key) ?? '')])
})

test('a plural exists wherever a singular does', () => {
  for (const key of english.keys()) {
    if (key.endsWith('_one')) expect([...english.keys()]).toContain(key.replace(/_one$/, '_other'))
  }
})

test('no text is empty', () => {
  for (const [key, text] of [...english, ...chinese]) expect(text.trim(), key).not.toBe('')
})

test('every error code and metric has its texts', () => {
  expect(Object.keys(en.errors).sort()).toEqual([...errorCodes].sort())
  expect(Object.keys(en.metrics).sort()).toEqual([...metricIds].sort())
})

describe('texts of the program', () => {
  const root = join(import.meta.dirname, '..')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !name.includes('.test.'),
  )
  const sources = new Map(files.map((name) => [name, readFileSync(join(root, name), 'utf8')]))

  test('stand in the locales, not between tags or in attributes that are read or heard', () => {
    const between = /(?<![=-])>\s*([A-Za-z][^<>{}=;()&|]*[A-Za-z][.!?]?)\s*<\//g
    const attributes = /\b(?:label|title|placeholder|description|alt|aria-label|legend)="([^"]*)"/g
    const found = [...sources].flatMap(([name, source]) =>
      [...source.matchAll(between), ...source.matchAll(attributes)].map((match) => `${name}: ${match[1]}`),
    )
    expect(found).toEqual([])
  })

  test('are all used', () => {
    const text = [...sources].flatMap(([name, source]) => (name.startsWith('locales') ? [] : [source])).join('\n')
    const templates = [...text.matchAll(/t\(\s*`([^`]+)`/g)].map(
      ([, template]) => new RegExp(`^${template.replaceAll('.', '\\.').replace(/\$\{[^}]+\}/g, '[^.]+')}$`),
    )
    const unused = [...english.keys()].filter((key) => {
      const plain = key.replace(/_(zero|one|other)$/, '')
      return !text.includes(`'${plain}'`) && !templates.some((template) => template.test(plain))
    })
    expect(unused).toEqual([])
  })
})
