import type { LeastSquaresForm } from '../../models/form'
import type { GraphBuilder } from './graph'
import { knownToSome, productsOf, vectorsOf, whereListed } from './scoring'

/** Enough for single precision; no more than there are components are needed in exact arithmetic. */
const mostSteps = 40

/**
 * Folds a batch of histories in: a solver of conjugate gradients (Hestenes and Stiefel 1952), whose steps follow one
 * another in the graph. Nothing of it is as large as batch x items x components.
 */
export function scoreByLeastSquares(
  graph: GraphBuilder,
  form: LeastSquaresForm,
  history: string,
  ratings: string | null,
): string {
  const { items, biases } = form
  const add = (a: string, b: string) => graph.operator('Add', [a, b])
  const count = sumOf(graph, history)
  const isListed = knownToSome(graph, history, items.known)
  if (!biases || ratings === null) {
    const targets = graph.operator('Mul', [history, graph.number(form.target)])
    const vectors = solve(graph, form, { history, count, targets })
    return whereListed(graph, isListed, productsOf(graph, vectors, items))
  }
  const data = biases.items.map((bias) => bias + biases.mean)
  const usual = graph.constant('item_ratings', { type: 'float', shape: [data.length], data })
  const above = graph.operator('Mul', [history, graph.operator('Sub', [ratings, usual])])
  const weight = add(count, graph.number(biases.userRegularization))
  const level = graph.operator('Div', [sumOf(graph, above), weight])
  const targets = graph.operator('Sub', [above, graph.operator('Mul', [history, level])])
  const products = productsOf(graph, solve(graph, form, { history, count, targets }), items)
  return whereListed(graph, isListed, add(products, add(usual, level)))
}

/** Over the components or items of each row, [batch, 1]. */
function sumOf(graph: GraphBuilder, value: string): string {
  return graph.operator('ReduceSum', [value, graph.wholes(1)], { keepdims: 1 })
}

interface System {
  history: string
  /** Items of each history. */
  count: string
  targets: string
}

function solve(graph: GraphBuilder, form: LeastSquaresForm, { history, count, targets }: System): string {
  const { items, regularization } = form
  const operator = (name: string, ...inputs: string[]) => graph.operator(name, inputs)
  const ratio = (above: string, below: string) => operator('Div', above, operator('Max', below, graph.number(1e-30)))
  const rows = vectorsOf(graph, 'item_vectors', items)
  const multiply = matrixOf(graph, form, history, ridgeOf(graph, regularization, count))
  let residual = operator('MatMul', targets, rows)
  let direction = residual
  let norm = sumOf(graph, operator('Mul', residual, residual))
  let solution: string | null = null
  for (let step = 0; step < Math.min(mostSteps, items.dimensions + 2); step++) {
    const product = multiply(direction)
    const size = ratio(norm, sumOf(graph, operator('Mul', direction, product)))
    const change = operator('Mul', size, direction)
    solution = solution === null ? change : operator('Add', solution, change)
    residual = operator('Sub', residual, operator('Mul', size, product))
    const next = sumOf(graph, operator('Mul', residual, residual))
    direction = operator('Add', residual, operator('Mul', ratio(next, norm), direction))
    norm = next
  }
  return solution ?? residual
}

/** What multiplies a batch of vectors with the matrix of each one's system. */
function matrixOf(graph: GraphBuilder, form: LeastSquaresForm, history: string, ridge: string) {
  const { items, everywhere, own } = form
  const rows = vectorsOf(graph, 'item_vectors', items)
  const gram = everywhere === 0 ? null : gramOf(graph, form)
  return (vectors: string): string => {
    const owned = graph.operator('Mul', [productsOf(graph, vectors, items), history])
    const scaled = own === 1 ? owned : graph.operator('Mul', [owned, graph.number(own)])
    const sum = graph.operator('Add', [
      graph.operator('MatMul', [scaled, rows]),
      graph.operator('Mul', [ridge, vectors]),
    ])
    return gram === null ? sum : graph.operator('Add', [sum, graph.operator('MatMul', [vectors, gram])])
  }
}

/** factor (base + each n) ^ exponent, [batch, 1] */
function ridgeOf(
  graph: GraphBuilder,
  { factor, base, each, exponent }: LeastSquaresForm['regularization'],
  count: string,
) {
  const operator = (name: string, value: string, number: number) => graph.operator(name, [value, graph.number(number)])
  return operator('Mul', operator('Pow', operator('Add', operator('Mul', count, each), base), exponent), factor)
}

/** everywhere x the sum of the squares of all items' vectors. */
function gramOf(graph: GraphBuilder, { items, everywhere }: LeastSquaresForm): string {
  const { count, dimensions: size, data } = items
  const sums = new Float64Array(size * size)
  for (let item = 0; item < count; item++) {
    const row = data.subarray(item * size, (item + 1) * size)
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) sums[i * size + j] += row[i] * row[j]
  }
  const gram = Float32Array.from(sums, (sum) => everywhere * sum)
  return graph.constant('item_squares', { type: 'float', shape: [size, size], data: gram })
}
