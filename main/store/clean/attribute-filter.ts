import type { Attribute } from '../../contract/formats'
import { identifier, literal } from '../database'
import { columnOf, numberOf, valuesOf } from '../filters'
import { between, type StepKind } from './step'

/** Keeps, or drops, the users or items with one of the values, or in the range. Who has no value has neither. */
export const attributeFilter: StepKind<'attribute-filter'> = {
  async refuse({ of, name }, stage) {
    const known = stage[of]?.attributes ?? []
    if (known.some((attribute) => attribute.name === name)) return null
    const names = known.map((attribute) => attribute.name).join(', ')
    return `needs the attribute ${name}, which ${of} do not have here${names ? `; they have ${names}` : ''}.`
  },
  select({ of, name, values, from, to, keep }, stage) {
    const attribute = stage[of]?.attributes.find((candidate) => candidate.name === name)
    if (!attribute) throw new Error(`no attribute ${name}`)
    const condition = values ? hasOneOf(attribute, values) : between(numberOf(attribute), from, to)
    const id = columnOf[of]
    return `SELECT * FROM ${stage.table}
WHERE ${id} ${keep ? 'IN' : 'NOT IN'} (SELECT ${id} FROM ${stage[of]?.table} WHERE ${condition})`
  },
}

function hasOneOf(attribute: Attribute, values: string[]): string {
  const list = values.map(literal).join(', ')
  if (attribute.type !== 'multi-valued') return `trim(${identifier(attribute.column)}) IN (${list})`
  return `list_has_any(${valuesOf(attribute, (value) => literal(String(value)))}, [${list}])`
}
