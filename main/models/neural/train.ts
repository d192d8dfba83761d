import { type Loss, openStep, type TrainingStep } from '../../compute/tensorflow/step'
import type { NamedArrays } from '../../compute/tensorflow/tensorflow'
import type { TrainingState } from '../checkpoint'
import { hearCancel } from '../hear-cancel'
import type { FitInput, Interactions, Scorer, Tensors } from '../model'
import type { Random } from '../random'
import { refuseDivergence } from './divergence'
import { createPace, type Pace } from './pace'
import { type Schedule, scheduleOf } from './schedule'
import { isStopped, judged, metricOf } from './stopping'

/** A network as its training sees it. Pure: everything random comes from what it is given. */
export interface Network {
  /** What is learned, as it is at the start. */
  weights(random: Random): NamedArrays
  /** Examples of one pass. */
  readonly examples: number
  /** What the loss is computed from: some of the examples, with what is drawn for them; `steps` were done before. */
  batch(examples: Uint32Array, random: Random, steps: number): NamedArrays
  readonly loss: Loss
  /**
   * Scores with these weights, for judging on the validation part while it trains: for the histories that were trained on,
   * or for others, of a model that folds in.
   */
  score(weights: NamedArrays, histories?: Interactions): Promise<Scorer>
}

/** A training under way. */
interface Training {
  readonly network: Network
  readonly input: FitInput
  readonly step: TrainingStep
  readonly schedule: Schedule
  readonly pace: Pace
  /** The fraction that was done when it began. */
  readonly from: number
  state: TrainingState
  /** The weights at the best epoch; null where no metric stops the training. */
  best: NamedArrays | null
}

const atStart: TrainingState = { epoch: 0, step: 0, lossSum: 0, firstLoss: null, best: null, stale: 0, curve: [] }

/**
 * Learns the weights of a network in `epochs` passes over its examples. All that is random in a step is drawn anew from the
 * seed, the epoch and the place of the step, so that training goes on from any step to the same weights.
 */
export async function trainNetwork(network: Network, input: FitInput): Promise<Tensors> {
  const { params, random, checkpoints, signal } = input
  signal.throwIfAborted()
  const last = checkpoints?.last ?? null
  const step = openStep(await input.compute.tensorflow(), network.loss, {
    weights: last ? partOf(last.tensors, 'weights') : network.weights(random.derive('weights')),
    ...(last && { moments: partOf(last.tensors, 'moments') }),
    weightDecay: Number(params.weight_decay),
    clipNorm: Number(params.gradient_clip),
  })
  const state = last?.state ?? atStart
  const from = fractionOf(state, network, input)
  const best = state.best && last ? partOf(last.tensors, 'best') : null
  const training = { network, input, step, schedule: scheduleOf(params), pace: createPace(), from, state, best }
  try {
    report(training)
    while (!isOver(training)) await pass(training)
    await save(training)
    return training.best ?? (await step.weights())
  } finally {
    step.close()
  }
}

function isOver({ state, input: { params } }: Pick<Training, 'state' | 'input'>): boolean {
  return state.epoch >= Number(params.epochs) || isStopped(state, params)
}

function stepsOf({ examples }: Network, { params }: FitInput): number {
  return Math.ceil(examples / Number(params.batch_size))
}

function fractionOf(state: TrainingState, network: Network, input: FitInput): number {
  if (isOver({ state, input })) return 1
  return (state.epoch + state.step / Math.max(1, stepsOf(network, input))) / Number(input.params.epochs)
}

/** The steps of an epoch that are left, and the look at the validation part after them. */
async function pass(training: Training): Promise<void> {
  const { network, input } = training
  const order = shuffled(network.examples, input.random.derive(`order ${training.state.epoch + 1}`))
  const steps = stepsOf(network, input)
  while (training.state.step < steps) {
    await hearCancel(input.signal)
    await descend(training, order)
    if (input.checkpoints?.isDue('step')) await save(training)
    if (training.state.step < steps) report(training)
  }
  await completeEpoch(training)
  if (input.checkpoints?.isDue('epoch')) await save(training)
}

async function descend(training: Training, order: Uint32Array): Promise<void> {
  const { network, input, step, state, schedule, pace } = training
  const size = Number(input.params.batch_size)
  const examples = order.subarray(state.step * size, (state.step + 1) * size)
  const own = input.random.derive(`step ${state.epoch + 1} ${state.step}`)
  const steps = stepsOf(network, input)
  const done = state.epoch * steps + state.step
  const learningRate = schedule.rateAt(done, steps)
  const batch = network.batch(examples, own.derive('batch'), done)
  const loss = await step.run(batch, { learningRate, uniform: own.derive('dropout').uniform })
  refuseDivergence(loss, state)
  pace.count(examples.length, learningRate)
  training.state = {
    ...state,
    step: state.step + 1,
    lossSum: state.lossSum + loss * examples.length,
    firstLoss: state.firstLoss ?? loss,
  }
}

async function completeEpoch(training: Training): Promise<void> {
  const { network, input, state, pace } = training
  const epoch = state.epoch + 1
  const metrics = await validate(training, epoch)
  const values = { loss: state.lossSum / Math.max(1, network.examples), ...metrics }
  const next = judged({ ...state, epoch, step: 0, lossSum: 0 }, metrics, input.params)
  if (next.best?.epoch === epoch) training.best = await training.step.weights()
  training.state = { ...next, curve: [...state.curve, { epoch, values }] }
  report(training, values)
  pace.leaveOut()
}

/** The metric that is watched, at the epochs that ask for it. */
async function validate({ network, input, step, pace }: Training, epoch: number): Promise<Record<string, number>> {
  const { params, judge, judged } = input
  if (!judge || network.examples === 0 || epoch % Number(params.validate_every) !== 0) return {}
  pace.leaveOut()
  const scorer = await network.score(await step.weights(), judged)
  try {
    const metric = metricOf(params)
    const { [metric]: value } = await judge(scorer)
    return { [metric]: value }
  } finally {
    scorer.close()
  }
}

function report({ network, input, state, from, ...training }: Training, values?: Record<string, number>): void {
  const pace = training.pace.now()
  input.report({
    phase: 'fit',
    fraction: fractionOf(state, network, input),
    epoch: values ? state.epoch : Math.min(state.epoch + 1, Number(input.params.epochs)),
    epochs: Number(input.params.epochs),
    from,
    ...(values && { values }),
    ...(pace && { pace }),
  })
}

async function save({ input, step, state, best }: Training): Promise<void> {
  await input.checkpoints?.save(state, async () => ({
    ...named('weights', await step.weights()),
    ...named('moments', await step.moments()),
    ...(best && named('best', best)),
  }))
}

function named(part: string, arrays: NamedArrays): Tensors {
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${part}/${name}`, array]))
}

function partOf(tensors: Tensors, part: string): NamedArrays {
  const own = Object.entries(tensors).filter(([name]) => name.startsWith(`${part}/`))
  return Object.fromEntries(own.map(([name, array]) => [name.slice(part.length + 1), array]))
}

/** 0 to count - 1 in random order (Fisher and Yates). */
export function shuffled(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, at) => at)
  for (let at = count - 1; at > 0; at--) {
    const other = random.integer(at + 1)
    const value = order[at]
    order[at] = order[other]
    order[other] = value
  }
  return order
}
