import { expect, test } from 'vitest'
import { float, message, type Pieces, text, whole } from '../../export/onnx/protobuf'
import { readGraphHeader } from './read-model'

// Messages and fields by the numbers of onnx.proto.
const fileOf = (...parts: Pieces[]) => new Uint8Array(Buffer.concat(parts.flat()))
const modelOf = (...graph: Pieces[]) => fileOf(whole(1, 8), message(7, ...graph))
const node = (domain: string, ...more: Pieces[]) => message(1, text(4, 'Conjure'), text(7, domain), ...more)
const location = message(13, text(1, 'location'), text(2, '../../etc/passwd'))
const elsewhere = [text(8, 'weights'), location, whole(14, 1)]
const attribute = (number: number, ...parts: Pieces[]) => message(5, text(1, 'value'), message(number, ...parts))
const read = (bytes: Uint8Array) => readGraphHeader('scorer.onnx', bytes)

test('inputs and outputs are told with their types and sizes; what constants give is no input', () => {
  const shape = message(2, message(1, text(2, 'batch')), message(1, whole(1, 7)), message(1))
  const value = (number: number, name: string, type: number, ...sizes: Pieces[]) =>
    message(number, text(1, name), message(2, message(1, whole(1, type), ...sizes)))
  const sequence = message(11, text(1, 'list'), message(2, message(4)))
  const header = read(
    fileOf(
      text(2, 'pytorch'),
      message(14, text(1, 'session_gap'), text(2, '8')),
      message(
        7,
        value(11, 'user', 7, shape),
        value(11, 'weights', 1),
        message(5, text(8, 'weights')),
        sequence,
        value(12, 'scores', 99),
      ),
    ),
  )
  expect(header).toEqual({
    inputs: [
      { name: 'user', type: 'int64', shape: ['batch', 7, null] },
      { name: 'list', type: null, shape: null },
    ],
    outputs: [{ name: 'scores', type: 'other', shape: null }],
    producer: 'pytorch',
    facts: { session_gap: '8' },
  })
})

const nested = (depth: number): Pieces => node('', attribute(6, ...(depth > 0 ? [nested(depth - 1)] : [])))

test.each<[string, Uint8Array, string]>([
  ['an operator of its own', modelOf(node('evil.corp')), 'asks for the operator evil.corp.Conjure'],
  ['one that is named twice', modelOf(node('', text(7, 'evil.corp'))), 'asks for the operator evil.corp.Conjure'],
  ['one with a number after its name', modelOf(node('evil.corp', whole(7, 0), float(7, 0))), 'evil.corp.Conjure'],
  ['one within a branch', modelOf(node('', attribute(6, node('evil.corp')))), 'the operator evil.corp.Conjure'],
  ['one within branches', modelOf(node('', attribute(11, node('evil.corp')))), 'the operator evil.corp.Conjure'],
  [
    'one within a function',
    fileOf(message(25, text(10, 'own'), message(7, text(7, 'evil.corp'))), message(7)),
    'evil.corp',
  ],
  [
    'numbers in another file',
    modelOf(message(5, ...elsewhere)),
    'keeps its numbers in ../../etc/passwd, and other files',
  ],
  ['of which only the place is said', modelOf(message(5, location)), 'keeps its numbers in ../../etc/passwd'],
  ['of which only the kind is said', modelOf(message(5, whole(14, 1))), 'keeps its numbers in another file'],
  ['numbers of a constant', modelOf(node('', attribute(5, ...elsewhere))), 'keeps its numbers in'],
  ['numbers of constants', modelOf(node('', attribute(10, ...elsewhere))), 'keeps its numbers in'],
  ['numbers that are few', modelOf(message(15, message(1, ...elsewhere))), 'keeps its numbers in'],
  ['few numbers of a constant', modelOf(node('', attribute(22, message(2, ...elsewhere)))), 'keeps its numbers in'],
  [
    'numbers in a function',
    fileOf(message(25, message(11, ...elsewhere.slice(0, 0), message(5, ...elsewhere))), message(7)),
    'keeps its numbers in',
  ],
  [
    'two graphs',
    fileOf(message(7), message(7, message(5, ...elsewhere))),
    'is damaged or no ONNX: it has not one graph',
  ],
  ['no graph', fileOf(whole(1, 8)), 'is damaged or no ONNX: it has not one graph'],
  ['graphs in graphs without end', modelOf(nested(40)), 'its graphs lie too deep in one another'],
  ['a text', new Uint8Array(Buffer.from('user,item,score\n')), 'is damaged or no ONNX'],
  ['the format of one runtime', new Uint8Array(Buffer.from('\x18\0\0\0ORTM....')), 'format of one runtime'],
])('%s: refused', (_, bytes, reason) => {
  expect(() => read(bytes)).toThrow(reason)
  expect(() => read(bytes)).toThrow('scorer.onnx')
})

test('numbers in another file are refused with how they come into the graph', () => {
  expect(() => read(modelOf(message(5, ...elsewhere)))).toThrow(
    'scorer.onnx keeps its numbers in ../../etc/passwd, and other files are not opened. ' +
      'Save it with its numbers inside, in Python: onnx.save_model(onnx.load(path), path, save_as_external_data=False).',
  )
})

test('a file that is cut off anywhere is refused, whatever is left of it', () => {
  const whole = modelOf(message(5, text(8, 'weights')), message(11, text(1, 'user')), nested(3))
  for (let length = 1; length < whole.length; length++)
    expect(() => read(whole.slice(0, length))).toThrow('scorer.onnx')
})

test('operators that are part of the runtime, and functions of them, are taken', () => {
  const own = message(25, text(10, 'pkg.layers'), message(7, text(4, 'Relu')))
  const graph = message(7, node(''), node('ai.onnx.ml'), node('pkg.layers'))
  expect(read(fileOf(own, graph)).inputs).toEqual([])
})
