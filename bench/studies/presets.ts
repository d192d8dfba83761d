import { models } from '../../main/models/registry'
import { createValidation } from './validation'

// Every preset of the named models, of all by default, on validation parts.
// Run: npm run bench -- studies/presets [--data=BEGINNING] [--seconds=40] [MODEL ...]; BEGINNING of the names of data
// sets, `seconds` that a cell may take by the estimate.

const words = process.argv.slice(2)
const data = words.find((word) => word.startsWith('--data='))?.slice('--data='.length) ?? ''
const seconds = Number(words.find((word) => word.startsWith('--seconds='))?.slice('--seconds='.length) ?? 40)
const wanted = words.filter((word) => !word.startsWith('--'))
const validation = await createValidation(data, seconds)
console.log(`| model | preset | ${validation.header} |`)
for (const model of models) {
  // Without features of items, or other runs, there is nothing that it could do here.
  if (model.features === 'required' || model.memberWeights || (wanted.length > 0 && !wanted.includes(model.id)))
    continue
  for (const { id, params } of model.presets) {
    console.log(`| ${model.id} | ${id} | ${(await validation.measure(model, params)).join(' | ')} |`)
  }
}
await validation.close()
