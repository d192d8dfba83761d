import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { describeModels } from '../../main/models/registry'
import { createTranslator } from './sentences'
import { engineSentences } from './zh/engine'
import { modelSentences } from './zh/models'

const sentences = { ...engineSentences, ...modelSentences }

describe('a translator', () => {
  const say = createTranslator({
    'There is no run {id}.': '没有运行 {id}。',
    'There is no run {id} of {model}.': '{model} 没有运行 {id}。',
    'Phase: <phase>.': '阶段：<phase>。',
    fit: '训练',
    'Run it again.': '请再次运行。',
  })

  test('says known sentences with their values, the most specific one first', () => {
    expect(say('There is no run ials-1.')).toBe('没有运行 ials-1。')
    expect(say('There is no run ials-1 of iALS.')).toBe('iALS 没有运行 ials-1。')
  })

  test('leaves what it does not know as it is', () => {
    for (const text of ['', 'There is no run', 'Something else.', 'Run it again. Something else.'])
      expect(say(text)).toBe(text)
  })

  test('translates texts within a text, and never a value', () => {
    expect(say('Phase: fit.')).toBe('阶段：训练。')
    expect(say('Phase: warm-up.')).toBe('阶段：warm-up。')
    expect(say('There is no run fit.')).toBe('没有运行 fit。')
    expect(say('There is no run {id}$&.')).toBe('没有运行 {id}$&。')
  })

  test('says several sentences where each is known', () => {
    expect(say('There is no run a. Run it again.')).toBe('没有运行 a。请再次运行。')
  })

  test('takes its time by the length of a text alone', () => {
    const say = createTranslator({ '{a}.{b}.{c}.{d}!': '' })
    const text = '.'.repeat(1_000_000)
    expect(say(text)).toBe(text)
  })
})

test('both sides of a sentence have the same places, and texts between them', () => {
  const places = (text: string): string[] => (text.match(/\{\w+\}|<\w+>/g) ?? []).sort()
  for (const [english, translation] of Object.entries(sentences)) {
    expect(
      places(translation).filter((place) => !places(english).includes(place)),
      english,
    ).toEqual([])
    expect(english, 'places beside one another cannot be told apart').not.toMatch(/[}>][{<]/)
  }
})

test('every sentence is one that the engine or the window says', () => {
  const root = join(import.meta.dirname, '../..')
  const sources = ['main', 'renderer'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|locales/.test(name))
      .map((name) => readFileSync(join(root, folder, name), 'utf8')),
  )
  const text = withoutValues(sources.join('\n'))
  const unsaid = Object.keys(sentences).filter((english) => !text.includes(english.replace(/\{\w+\}|<\w+>/g, '{}')))
  expect(unsaid).toEqual([])
})

/** Source with `{}` for each value of a template, and texts that are written in parts as one. */
function withoutValues(source: string): string {
  const value = /\$\{(?:[^{}]|\{[^{}]*\})*\}/g
  return source.replace(value, '{}').replace(/['`]\s*\+\s*['`]/g, '')
}

test('every model says in Chinese what it does, of which family it is, and what its parameters mean', () => {
  const missing = describeModels().flatMap(({ summary, family, parameters }) =>
    [summary, family, ...parameters.map(({ meaning }) => meaning)].filter(
      (text) => !Object.hasOwn(modelSentences, text),
    ),
  )
  expect([...new Set(missing)], 'add these texts to renderer/locales/zh/models.ts').toEqual([])
})
