import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createTranslator } from '../../main/contract/texts/sentences'
import { describeModels } from '../../main/models/registry'
import { engineSentences as sentences } from './zh/engine'

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
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|locales|contract[\\/]texts/.test(name))
      .map((name) => readFileSync(join(root, folder, name), 'utf8')),
  )
  const text = withoutValues(sources.join('\n'))
  // What is wrong with a file is written without the file, which comes first.
  const isSaid = (english: string) =>
    text.includes(english) || (english.startsWith('{} ') && text.includes(english.slice(3)))
  const unsaid = Object.keys(sentences).filter((english) => !isSaid(english.replace(/\{\w+\}|<\w+>/g, '{}')))
  expect(unsaid).toEqual([])
})

/** Source with `{}` for each value of a template, and texts that are written in parts as one. */
function withoutValues(source: string): string {
  const value = /\$\{(?:[^{}]|\{[^{}]*\})*\}/g
  return source.replace(value, '{}').replace(/['`]\s*\+\s*['`]/g, '')
}

test('every model says in Chinese what it does, of which family it is, and what its parameters mean', () => {
  const missing = describeModels().flatMap(({ summary, assumes, suits, family, presets, parameters }) =>
    [
      ...[summary, assumes, suits, family],
      ...presets.flatMap(({ name, meaning }) => [name, meaning]),
      ...parameters.map(({ meaning }) => meaning),
    ].filter((text) => !Object.hasOwn(sentences, text)),
  )
  expect([...new Set(missing)], 'add these texts to main/contract/texts/zh/models.ts or model-cards.ts').toEqual([])
})

test('says in Chinese what is wrong with a file, and what to do', () => {
  const say = createTranslator(sentences)
  expect(say('/data/a b.csv is empty. Choose a file with interactions.')).toBe(
    '/data/a b.csv 是空文件。请选择含有交互的文件。',
  )
  expect(say('a.xlsx is a workbook that cannot be read. Save the sheet as CSV.')).toBe(
    'a.xlsx 是无法读取的工作簿。请把工作表存为 CSV。',
  )
  expect(say('a.csv is gzip-compressed, not plain text. Choose another format.')).toBe(
    'a.csv 是gzip 压缩文件，而非纯文本。请选择其他格式。',
  )
  expect(
    say(
      'a.csv has no row that can be used. Line 2: The rating is not a number. It reads: 1,2,x. Check columns, delimiter and header.',
    ),
  ).toBe('a.csv 没有可用的行。第 2 行：评分不是数字。内容为：1,2,x。请检查列、分隔符和表头。')
})
