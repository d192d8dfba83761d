import { expect, test } from 'vitest'
import { presetOf } from '../../contract/parameters'
import { capabilitiesOf, type Model } from '../model'
import { checkParameters } from '../registry'

/** What a model must hold to that says what it is, before anything is trained. */
export function describedConformance(model: Model): void {
  test('its defaults are valid and survive JSON', () => {
    const params = checkParameters(model, {})
    expect(Object.keys(params)).toEqual(model.parameters.map((parameter) => parameter.name))
    expect(checkParameters(model, JSON.parse(JSON.stringify(params)))).toEqual(params)
    expect(capabilitiesOf(model)).toContain('score')
  })

  test('its presets are valid, each another one, the first the default, and each named once', () => {
    const [first, ...others] = model.presets
    expect(first.params).toEqual({})
    const filled = model.presets.map(({ params }) => JSON.stringify(checkParameters(model, params)))
    expect(new Set(filled).size).toBe(filled.length)
    for (const word of ['id', 'name', 'meaning'] as const) {
      expect(new Set(model.presets.map((preset) => preset[word])).size).toBe(model.presets.length)
    }
    // What a preset names differs from the default, so that a default which changes is heard of.
    const defaults = checkParameters(model, {})
    for (const { params } of others) {
      for (const [name, value] of Object.entries(params)) expect(value, name).not.toBe(defaults[name])
    }
    for (const preset of model.presets) expect(presetOf(model, checkParameters(model, preset.params))).toBe(preset)
  })

  test('it says how much memory it needs', () => {
    const params = checkParameters(model, {})
    const small = model.estimateBytes({ users: 100, items: 100, interactions: 1000 }, params)
    // What a network holds for a step is the same on any data.
    const large = model.estimateBytes({ users: 200_000, items: 50_000, interactions: 20_000_000 }, params)
    expect(small).toBeGreaterThan(0)
    expect(large).toBeGreaterThan(10 * small)
  })
}
