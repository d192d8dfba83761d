import { badFile } from '../../data/bad-file'
import { fieldsOf, textOf, type WireField } from './wire'

/** A size, a name of one that is known only when the graph runs, or null where nothing is said. */
export type Dimension = number | string | null

/** An input or output; `type` is null for what is no tensor, and `shape` where nothing is said of it. */
export interface GraphValue {
  name: string
  type: ElementType | null
  shape: readonly Dimension[] | null
}

/** What a graph says of itself before anything of it runs. */
export interface GraphHeader {
  /** Those that are not given by constants. */
  inputs: readonly GraphValue[]
  outputs: readonly GraphValue[]
  producer: string
  /** Texts that its maker put beside it. */
  facts: Readonly<Record<string, string>>
}

const elementTypes = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  6: 'int32',
  7: 'int64',
  8: 'string',
  9: 'bool',
  10: 'float16',
  11: 'float64',
} as const
export type ElementType = (typeof elementTypes)[keyof typeof elementTypes] | 'other'

/** Domains whose operators are part of the runtime; an operator of another one would be code of its own. */
const knownDomains = new Set(['', 'ai.onnx', 'ai.onnx.ml', 'com.microsoft'])
const deepest = 16

/**
 * Reads what a graph takes and gives, and refuses with BAD_DATA what would need more than the file: operators of its
 * maker's own, and numbers in other files. Nothing of it runs.
 */
export function readGraphHeader(path: string, bytes: Uint8Array): GraphHeader {
  if (Buffer.from(bytes.subarray(4, 8)).toString('latin1') === 'ORTM')
    throw badFile(path, 'is a model in the format of one runtime. Save it as ONNX.')
  try {
    return modelOf(path, bytes)
  } catch (cause) {
    if (!(cause instanceof RangeError || cause instanceof TypeError)) throw cause
    throw badFile(path, `is damaged or no ONNX: ${cause.message}.`, cause)
  }
}

// Messages and fields by the numbers of onnx.proto.

function modelOf(path: string, bytes: Uint8Array): GraphHeader {
  const fields = [...fieldsOf(bytes)]
  const all = (number: number) => fields.filter((field) => field.number === number).map((field) => field.bytes)
  const [graph, second] = all(7)
  if (!graph || second) throw new RangeError('it has not one graph')
  const functions = all(25)
  const guard = { path, domains: new Set([...knownDomains, ...functions.map((one) => textIn(one, 10))]) }
  for (const one of functions) checkFunction(one, guard)
  checkGraph(graph, guard, 0)
  return {
    ...valuesOf(graph),
    producer: textOf(all(2).at(-1) ?? new Uint8Array(0)),
    facts: Object.fromEntries(all(14).map((fact) => [textIn(fact, 1), textIn(fact, 2)])),
  }
}

/** Of a field that is written more than once, the last one holds; what is no text under its number is not read. */
function textIn(message: Uint8Array, number: number): string {
  const field = [...fieldsOf(message)].findLast((one) => one.number === number && one.isLengthy)
  return field ? textOf(field.bytes) : ''
}

interface Guard {
  path: string
  domains: ReadonlySet<string>
}

function checkGraph(graph: Uint8Array, guard: Guard, depth: number): void {
  if (depth > deepest) throw new RangeError('its graphs lie too deep in one another')
  checkNodes(graph, 1, guard, depth)
  for (const { number, bytes } of fieldsOf(graph)) {
    if (number === 5) checkTensor(bytes, guard)
    if (number === 15) checkSparse(bytes, guard)
  }
}

/** A name for some operators of ONNX, which takes no code along. */
function checkFunction(one: Uint8Array, guard: Guard): void {
  checkNodes(one, 7, guard, 0)
  for (const { number, bytes } of fieldsOf(one)) if (number === 11) checkAttribute(bytes, guard, 0)
}

function checkNodes(message: Uint8Array, at: number, guard: Guard, depth: number): void {
  for (const { number, bytes } of fieldsOf(message)) if (number === at) checkNode(bytes, guard, depth)
}

function checkNode(node: Uint8Array, guard: Guard, depth: number): void {
  const domain = textIn(node, 7)
  if (!guard.domains.has(domain)) {
    const operator = `${domain}.${textIn(node, 4)}`.slice(0, 100)
    throw badFile(
      guard.path,
      `asks for the operator ${operator}, which is not part of ONNX and would be code from elsewhere. Export it with operators of ONNX alone.`,
    )
  }
  for (const { number, bytes } of fieldsOf(node)) if (number === 5) checkAttribute(bytes, guard, depth)
}

function checkAttribute(attribute: Uint8Array, guard: Guard, depth: number): void {
  for (const { number, bytes } of fieldsOf(attribute)) {
    if (number === 5 || number === 10) checkTensor(bytes, guard)
    if (number === 6 || number === 11) checkGraph(bytes, guard, depth + 1)
    if (number === 22 || number === 23) checkSparse(bytes, guard)
  }
}

function checkSparse(tensor: Uint8Array, guard: Guard): void {
  for (const { number, bytes } of fieldsOf(tensor)) if (number === 1 || number === 2) checkTensor(bytes, guard)
}

/** A tensor's numbers may be said to lie in another file, wherever that is. */
function checkTensor(tensor: Uint8Array, { path }: Guard): void {
  for (const { number, bytes, whole } of fieldsOf(tensor)) {
    if (number !== 13 && !(number === 14 && whole === 1n)) continue
    const named = number === 13 && textIn(bytes, 1) === 'location' ? textIn(bytes, 2) : 'another file'
    throw badFile(
      path,
      `keeps its numbers in ${named.slice(0, 100)}, and other files are not opened. Save it with its numbers inside, in Python: onnx.save_model(onnx.load(path), path, save_as_external_data=False).`,
    )
  }
}

function valuesOf(graph: Uint8Array): Pick<GraphHeader, 'inputs' | 'outputs'> {
  const [inputs, outputs]: GraphValue[][] = [[], []]
  const given = new Set<string>()
  for (const { number, bytes } of fieldsOf(graph)) {
    if (number === 5) given.add(textIn(bytes, 8))
    if (number === 11) inputs.push(valueFrom(bytes))
    if (number === 12) outputs.push(valueFrom(bytes))
  }
  return { inputs: inputs.filter(({ name }) => !given.has(name)), outputs }
}

function valueFrom(info: Uint8Array): GraphValue {
  const value: GraphValue = { name: textIn(info, 1), type: null, shape: null }
  for (const type of within(info, 2)) {
    for (const tensor of within(type.bytes, 1)) {
      for (const { number, whole, bytes } of fieldsOf(tensor.bytes)) {
        if (number === 1) value.type = elementTypes[Number(whole) as keyof typeof elementTypes] ?? 'other'
        if (number === 2) value.shape = within(bytes, 1).map((dimension) => dimensionOf(dimension.bytes))
      }
    }
  }
  return value
}

const within = (message: Uint8Array, number: number): WireField[] =>
  [...fieldsOf(message)].filter((field) => field.number === number)

function dimensionOf(dimension: Uint8Array): Dimension {
  for (const { number, whole, bytes } of fieldsOf(dimension)) {
    if (number === 1 && whole !== null) return Number(BigInt.asIntN(64, whole))
    if (number === 2) return textOf(bytes) || null
  }
  return null
}
