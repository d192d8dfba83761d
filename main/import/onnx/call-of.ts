import { badFile } from '../../data/bad-file'
import type { GraphCall, GraphInput, InputRole } from '../../models/elsewhere/graph-call'
import type { GraphHeader, GraphValue } from './read-model'

/** Rows of items as the file of ids has them. */
export interface KnownRows {
  largest: number
  /** Whether row 0 is an item of the data, so that it cannot fill up short histories. */
  hasFirst: boolean
  /** Whether it is named for any item, of the data or not. */
  namesFirst: boolean
}

/**
 * How a graph is asked for scores, as its inputs and outputs say. Throws BAD_DATA where they are no scorer's. `path` names it
 * in messages, `historyLength` is what the analyst says of its histories.
 */
export function callOf(
  path: string,
  header: GraphHeader,
  rows: KnownRows,
  historyLength: number | null,
): Omit<GraphCall, 'file'> {
  const refuse = (why: string) => {
    const [takes, gives] = [header.inputs, header.outputs].map(
      (values) => values.map(described).join(', ') || 'nothing',
    )
    return badFile(path, `is no scorer that can be asked: ${why}. It takes ${takes} and gives ${gives}.`)
  }
  const output = outputOf(header.outputs, refuse)
  const inputs = inputsOf(header.inputs, output, refuse)
  const { takes, layout = 'flat' } = kindOf(inputs, output, refuse)
  checkWidths({ takes, inputs, output }, rows, refuse)
  const { history_length: most, session_gap: gap } = header.facts
  return {
    takes,
    layout,
    inputs: inputs.map(({ role, name, type, shape }) => ({ role, name, type, shape: sizesOf(shape) })),
    output: output.name,
    perPlace: takes === 'sequences' && output.shape?.length === 3,
    historyLength: historyLength ?? (Number.isInteger(Number(most)) && Number(most) > 0 ? Number(most) : null),
    sessionGap: Math.max(0, Number(gap) || 0),
  }
}

type Refuse = (why: string) => Error
type Shape = NonNullable<GraphValue['shape']>
type Input = Pick<GraphInput, 'name' | 'type' | 'role'> & { shape: Shape }

const described = ({ name, type, shape }: GraphValue) =>
  `${name.slice(0, 50)} (${type ?? 'no tensor'} ${shape ? `[${shape.map((size) => size ?? '?').join(', ')}]` : 'of any shape'})`

/** A size that is not given is free, and so is one that is no size. */
const sizesOf = (shape: Shape) => shape.map((size) => (typeof size === 'number' && size > 0 ? size : null))

function outputOf(outputs: readonly GraphValue[], refuse: Refuse): GraphValue {
  const usual = ['scores', 'score', 'logits', 'predictions', 'prediction', 'output']
  const found =
    outputs.length === 1
      ? outputs[0]
      : usual.map((name) => outputs.find((output) => output.name.toLowerCase() === name)).find(Boolean)
  if (!found) throw refuse('none of its outputs is named scores')
  if (found.type !== 'float32' && found.type !== 'float64') throw refuse('its scores are neither float32 nor float64')
  return found
}

function inputsOf(values: readonly GraphValue[], output: GraphValue, refuse: Refuse): Input[] {
  const given = values.map(({ name, type, shape }) => {
    if (type !== 'float32' && type !== 'int32' && type !== 'int64')
      throw refuse('inputs are tensors of int32, int64 or float32')
    if (!shape) throw refuse('an input does not say how many dimensions it has')
    return { name, type, shape }
  })
  const floats = given.filter(({ type }) => type === 'float32')
  const whole = given.filter(({ type }) => type !== 'float32')
  const roles = [floatRoles(floats), wholeRoles(whole, floats.length > 0, output, refuse)]
  return given.map((input) => {
    const role = roles.map((found) => found?.get(input)).find((found) => found !== undefined)
    if (!role) throw refuse('a scorer takes users, users and items, or histories')
    return { ...input, role }
  })
}

type Given = Pick<Input, 'name' | 'type' | 'shape'>
type Roles = Map<Given, InputRole>

/** A row of all items for each history, and perhaps another one with ratings. */
function floatRoles(given: readonly Given[]): Roles | null {
  if (given.some(({ shape }) => shape.length !== 2)) return null
  const roles = new Map(
    given.map((input): [Given, InputRole] => [input, /rating|value/i.test(input.name) ? 'ratings' : 'history']),
  )
  return new Set(roles.values()).size === given.length ? roles : null
}

const isColumn = ({ shape }: Given) => shape.length === 1 || (shape.length === 2 && shape[1] === 1)
const isTable = ({ shape }: Given) => shape.length === 2 && shape[1] !== 1
const isUser = ({ name }: Given) => /user|uid/i.test(name)

/** Users, items and lengths of histories; null where there are others. */
function wholeRoles(given: readonly Given[], besideRows: boolean, output: GraphValue, refuse: Refuse): Roles | null {
  const length = given.length > 1 ? given.find((input) => /len/i.test(input.name) && isColumn(input)) : undefined
  const rest = given.filter((input) => input !== length)
  if (rest.length > 2) return null
  if (rest.length === 2 && rest.filter(isUser).length !== 1)
    throw refuse('not just one of its inputs is named for users')
  const roles: Roles = new Map(length && [[length, 'length']])
  for (const input of rest) {
    const isAlone = rest.length === 1 && !besideRows
    if (isColumn(input) && (isUser(input) || (isAlone && !length && !/item|hist|seq/i.test(input.name))))
      roles.set(input, 'user')
    else if (isTable(input) && (rest.length === 1 || besideRows || isHistory(input, length, output)))
      roles.set(input, 'items')
    else if (rest.length === 2 && !besideRows && !isUser(input)) roles.set(input, 'item')
  }
  return length && ![...roles.values()].includes('items') ? null : roles
}

/** Beside users, a table of items is one of candidates unless something says that it is their history. */
function isHistory({ name, shape }: Given, length: Given | undefined, output: GraphValue): boolean {
  const scores = output.shape?.at(-1)
  const scoresEverything = typeof scores === 'number' && scores > 1 && scores !== shape[1]
  return length !== undefined || scoresEverything || /hist|seq|session|past|recent/i.test(name)
}

function kindOf(
  inputs: readonly Input[],
  output: GraphValue,
  refuse: Refuse,
): Pick<GraphCall, 'takes'> & { layout?: GraphCall['layout'] } {
  const find = (role: InputRole) => inputs.find((input) => input.role === role)
  if (find('history') || find('ratings')) return { takes: 'histories' }
  if (find('items')) return { takes: 'sequences' }
  const [user, item] = [find('user'), find('item')]
  if (!user) throw refuse('a scorer takes users, users and items, or histories')
  if (!item) return { takes: 'users' }
  if (isTable(item)) return { takes: 'pairs', layout: 'table' }
  const isGrid = output.shape?.length === 2 && output.shape[1] !== 1
  return { takes: 'pairs', layout: isGrid ? 'grid' : 'flat' }
}

/** Sizes that the graph states must have room for the rows of all items. */
function checkWidths(
  { takes, inputs, output }: { takes: GraphCall['takes']; inputs: readonly Input[]; output: GraphValue },
  { largest, hasFirst, namesFirst }: KnownRows,
  refuse: Refuse,
): void {
  const wide = inputs.filter(({ role }) => role === 'history' || role === 'ratings').map(({ shape }) => shape[1])
  const scores = takes === 'pairs' ? null : (output.shape?.at(-1) ?? null)
  for (const width of [...wide, scores]) {
    if (typeof width === 'number' && width > 0 && width <= largest)
      throw refuse(`its rows are of ${width} items, and the ids of items name row ${largest}`)
  }
  const places = inputs.find(({ role }) => role === 'items')?.shape[1]
  // What is told how long a history is looks at nothing behind it.
  const isTaken = inputs.some(({ role }) => role === 'length') ? hasFirst : namesFirst
  if (typeof places === 'number' && places > 0 && isTaken)
    throw refuse(
      `its histories have exactly ${places} places, and row 0, which would fill up shorter ones, is an item's`,
    )
}
