import { type FusedForm, type HistoryForm, itemsOf, type UsersForm } from '../../models/form'
import type { GraphBuilder } from './graph'
import { historyOf, scoreBy, whereListed } from './scoring'

type Fused = FusedForm<UsersForm | HistoryForm>

/** What a member adds for each item that it scores, [batch, items], and for each other one, [batch, 1]. */
interface Shares {
  scores: string
  unscored: string
}

/** Each member's scores by its own part of the graph, put on one scale among the items that the history has not, and added. */
export function scoreByFusion(graph: GraphBuilder, form: Fused): string {
  const isNew = graph.operator('Equal', [historyOf(graph, form), graph.number(0)])
  let [sum, isScored]: (string | null)[] = [null, null]
  for (const [at, { weight, form: own }] of form.members.entries()) {
    const scores = scoreBy(graph.within(`member_${at + 1}`), own)
    const isListed = graph.operator('Greater', [scores, graph.number(Number.NEGATIVE_INFINITY)])
    const isCandidate = graph.operator('And', [isListed, isNew])
    const shares = sharesOf(graph, form, scores, isCandidate)
    const added = graph.operator('Where', [isListed, shares.scores, shares.unscored])
    const weighed = graph.operator('Mul', [added, graph.number(weight)])
    sum = sum === null ? weighed : graph.operator('Add', [sum, weighed])
    isScored = isScored === null ? isListed : graph.operator('Or', [isScored, isListed])
  }
  if (sum === null || isScored === null) throw new Error('nothing is fused')
  return whereListed(graph, isScored, sum)
}

function sharesOf(graph: GraphBuilder, form: Fused, scores: string, isCandidate: string): Shares {
  const { method, constant } = form.fusion
  if (method === 'weighted-sum') return scaled(graph, form, scores, isCandidate)
  const above = candidatesAbove(graph, scores, isCandidate, itemsOf(form))
  const unscored = graph.number(0)
  if (method === 'reciprocal-rank') {
    const rank = graph.operator('Add', [above, graph.number(constant + 1)])
    return { scores: graph.operator('Div', [graph.number(1), rank]), unscored }
  }
  const candidates = graph.operator('Max', [countOf(graph, isCandidate), graph.number(1)])
  return { scores: graph.operator('Sub', [graph.number(1), graph.operator('Div', [above, candidates])]), unscored }
}

function countOf(graph: GraphBuilder, isCandidate: string): string {
  return graph.operator('ReduceSum', [graph.operator('Cast', [isCandidate], { to: 1 }), graph.wholes(1)])
}

/** As `toContributions` has it: where all candidates are alike they say nothing, and where there are none scores stay. */
function scaled(graph: GraphBuilder, { fusion }: Fused, scores: string, isCandidate: string): Shares {
  const operator = (name: string, ...inputs: string[]) => graph.operator(name, inputs)
  const among = (value: string, otherwise: number) => operator('Where', isCandidate, value, graph.number(otherwise))
  const extreme = (name: string, otherwise: number) => graph.operator(name, [among(scores, otherwise)], { axes: [1] })
  const [lowest, highest] = [
    extreme('ReduceMin', Number.POSITIVE_INFINITY),
    extreme('ReduceMax', Number.NEGATIVE_INFINITY),
  ]
  const count = countOf(graph, isCandidate)
  const hasAny = operator('Greater', count, graph.number(0))
  if (fusion.normalisation === 'none') return { scores, unscored: operator('Where', hasAny, lowest, graph.number(0)) }
  const mean = (value: string) =>
    operator('Div', operator('ReduceSum', among(value, 0), graph.wholes(1)), operator('Max', count, graph.number(1)))
  const origin = fusion.normalisation === 'min-max' ? lowest : mean(scores)
  const away = operator('Sub', scores, origin)
  const unit =
    fusion.normalisation === 'min-max'
      ? operator('Sub', highest, lowest)
      : operator('Sqrt', mean(operator('Mul', away, away)))
  const says = operator('Greater', highest, lowest)
  const onScale = (value: string) => operator('Where', says, operator('Div', value, unit), graph.number(0))
  const unscored = onScale(operator('Sub', lowest, origin))
  return { scores: operator('Where', hasAny, onScale(away), scores), unscored }
}

/** How many candidates score higher than each item, [batch, items]: equal scores stand in one group, which counts once. */
function candidatesAbove(graph: GraphBuilder, scores: string, isCandidate: string, items: number): string {
  const [values, order] = graph.operators('TopK', [scores, graph.wholes(items)], 2, { axis: 1 })
  const slice = (from: number, to: number) =>
    graph.operator('Slice', [values, graph.wholes(from), graph.wholes(to), graph.wholes(1)])
  const before = graph.operator('Concat', [slice(0, 1), slice(0, items - 1)], { axis: 1 })
  const begins = graph.operator('Not', [graph.operator('Equal', [values, before])])
  const axis = graph.constant('axis_1', { type: 'int64', shape: [], data: BigInt64Array.of(1n) })
  const groups = graph.operator('CumSum', [graph.operator('Cast', [begins], { to: 7 }), axis])
  const flags = graph.operator('Cast', [isCandidate], { to: 1 })
  const zeros = graph.operator('Sub', [flags, flags])
  const counted = graph.operator('GatherElements', [flags, order], { axis: 1 })
  const sizes = graph.operator('ScatterElements', [zeros, groups, counted], { axis: 1, reduction: { text: 'add' } })
  const above = graph.operator('CumSum', [sizes, axis], { exclusive: 1 })
  const sorted = graph.operator('GatherElements', [above, groups], { axis: 1 })
  return graph.operator('ScatterElements', [zeros, order, sorted], { axis: 1 })
}
