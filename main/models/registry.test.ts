import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type ModelDescription, presetOf } from '../contract/parameters'
import { checkParameters, describeModels, findModel, models, parametersOf } from './registry'

const refusal = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    return error
  }
  return null
}

describe('the registry', () => {
  test('finds models by id', () => {
    expect(findModel('ials').name).toBe('iALS')
    expect(refusal(() => findModel('nope'))).toMatchObject({ code: 'NOT_FOUND', data: { model: 'nope' } })
    expect(new Set(models.map(({ id }) => id)).size).toBe(models.length)
  })

  test('describes them as plain data', () => {
    const descriptions: ModelDescription[] = describeModels()
    expect(structuredClone(descriptions)).toEqual(descriptions)
    expect(descriptions.find(({ id }) => id === 'ials')?.capabilities).toEqual([
      'score',
      'foldIn',
      'itemVectors',
      'userVectors',
      'explain',
    ])
  })

  test('has a section for each in docs/models', () => {
    const text = readFileSync(resolve(import.meta.dirname, '../../docs/models/README.md'), 'utf8')
    for (const { id, name } of models) expect(text).toContain(`\n### ${name} (\`${id}\`)\n`)
  })

  test('every default lies within its range', () => {
    for (const model of models) expect(() => checkParameters(model, {})).not.toThrow()
  })
})

describe('presets', () => {
  const ials = findModel('ials')
  const entry = { preset: 'accurate', params: { epochs: 7 } }

  test('change the defaults, and are changed by what stands beside them', () => {
    const [accurate] = ials.presets.filter(({ id }) => id === 'accurate')
    expect(parametersOf(ials, entry, 'models[0]')).toEqual({ ...checkParameters(ials, accurate.params), epochs: 7 })
    expect(parametersOf(ials, {}, 'models[0]')).toEqual(checkParameters(ials, {}))
  })

  test('parameters are told to be those of a preset, or of nobody', () => {
    expect(presetOf(ials, {})?.id).toBe('balanced')
    expect(presetOf(ials, parametersOf(ials, { preset: 'quick' }, 'models[0]'))?.id).toBe('quick')
    expect(presetOf(ials, parametersOf(ials, entry, 'models[0]'))).toBeUndefined()
  })

  test('one that there is not is refused, naming the field and the others', () => {
    expect(refusal(() => parametersOf(ials, { preset: 'constructor' }, 'models[2]'))).toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringMatching(/^models\[2\]\.preset: ials has no preset constructor; choose one of balanced, /),
      data: { field: 'models[2].preset' },
    })
    expect(refusal(() => parametersOf(ials, { params: { epochs: 0 } }, 'models[2]'))).toMatchObject({
      data: { field: 'models[2].params.epochs' },
    })
  })
})

describe('parameters', () => {
  const ials = findModel('ials')

  test('the others keep their defaults', () => {
    const defaults = checkParameters(ials, {})
    expect(checkParameters(ials, { embedding_size: 32 })).toEqual({ ...defaults, embedding_size: 32 })
  })

  test.each([
    [{ embedding_size: -3 }, 'models[1].params.embedding_size', /whole number from 1 to 1024/],
    [{ embedding_size: 1.5 }, 'models[1].params.embedding_size', /whole number/],
    [{ epochs: '15' }, 'models[1].params.epochs', /whole number/],
    [{ alpha: Number.NaN }, 'models[1].params.alpha', /number from/],
    [{ alpha: true }, 'models[1].params.alpha', /number from/],
    [{ factors: 10 }, 'models[1].params.factors', /no such parameter.*embedding_size/],
    [{ constructor: 1 }, 'models[1].params.constructor', /no such parameter/],
  ])('%j is refused, naming the field', (given, field, sentence) => {
    expect(refusal(() => checkParameters(ials, given, 'models[1].params'))).toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringMatching(sentence),
      data: { field },
    })
  })
})
