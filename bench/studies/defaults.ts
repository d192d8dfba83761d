import type { ParameterValue } from '../../main/contract/parameters'
import { findModel } from '../../main/models/registry'
import { createValidation } from './validation'

// Which parameters of a model do well on several data sets, by their validation parts?
// Run: npm run bench -- studies/defaults [--data=BEGINNING] [--seconds=40] MODEL [parameter=value,value ...]

function* combinations(axes: [string, ParameterValue[]][]): Iterable<Record<string, ParameterValue>> {
  const [first, ...rest] = axes
  if (!first) return yield {}
  for (const value of first[1]) for (const others of combinations(rest)) yield { [first[0]]: value, ...others }
}

const given = process.argv.slice(2)
const optionOf = (name: string) => given.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)
const [modelId = 'ials', ...words] = given.filter((word) => !word.startsWith('--'))
const model = findModel(modelId)
const axes = words.map((word): [string, ParameterValue[]] => {
  const [name, values] = word.split('=')
  return [name, values.split(',').map((word) => (Number.isNaN(Number(word)) ? word : Number(word)))]
})

const validation = await createValidation(optionOf('data'), Number(optionOf('seconds') ?? 40))
console.log(`parameters | ${validation.header}`)
for (const params of combinations(axes)) {
  console.log([JSON.stringify(params), ...(await validation.measure(model, params))].join(' | '))
}
await validation.close()
