import type { Parameter, Preset } from '../contract/parameters'
import { describeModels } from '../models/registry'
import { readArguments } from './arguments'
import type { Command } from './commands'

const usage = 'models [--json]'

export const models: Command = {
  usage,
  meaning: 'List the models with their presets, parameters and what they can do.',
  run(args) {
    const { values } = readArguments(usage, args, { json: { type: 'boolean' } })
    const descriptions = describeModels()
    if (values.json) return console.log(JSON.stringify(descriptions, null, 2))
    for (const model of descriptions) {
      console.log(`${model.id}  ${model.name} (${model.family}). ${model.summary}`)
      console.log(`  ${model.assumes} ${model.suits}`)
      console.log(`  can: ${model.capabilities.join(', ')}`)
      for (const preset of model.presets) console.log(`  preset ${describePreset(preset)}`)
      for (const parameter of model.parameters) console.log(`  ${describe(parameter)}`)
      console.log()
    }
  },
}

function describePreset({ id, meaning, params }: Preset): string {
  const changes = Object.entries(params).map(([name, value]) => `${name} ${value}`)
  return `${id}: ${meaning} (${changes.join(', ') || 'the defaults'})`
}

function describe(parameter: Parameter): string {
  const { name, meaning } = parameter
  return `${name} = ${parameter.default}  (${range(parameter)})  ${meaning}`
}

function range(parameter: Parameter): string {
  if (parameter.type === 'boolean') return 'true or false'
  if (parameter.type === 'choice') return parameter.choices.join(' | ')
  return `${parameter.type}, ${parameter.minimum} to ${parameter.maximum}`
}
