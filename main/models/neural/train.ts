import { differentiatedStep, type Loss } from '../../compute/tensorflow/step'
import type { NamedArrays } from '../../compute/tensorflow/tensorflow'
import type { FitInput, Scorer, Tensors } from '../model'
import type { Random } from '../random'

/** A network as its training sees it. Pure: everything random comes from what it is given. */
export interface Network {
  /** What is learned, as it is at the start. */
  weights(random: Random): NamedArrays
  /** Examples of one pass. */
  readonly examples: number
  /** What the loss is computed from: some of the examples, with what is drawn for them. */
  batch(examples: Uint32Array, random: Random): NamedArrays
  readonly loss: Loss
  /** Scores with these weights, for judging on the validation part while it trains. */
  score(weights: NamedArrays): Promise<Scorer>
}

/**
 * Learns the weights of a network in `epochs` passes over its examples. All that is random in a step is drawn anew from the
 * seed, the epoch and the place of the step, so that training can go on from any step.
 */
export async function trainNetwork(network: Network, input: FitInput): Promise<Tensors> {
  const { params, random, report, signal } = input
  signal.throwIfAborted()
  const step = differentiatedStep(await input.compute.tensorflow(), network.loss, {
    weights: network.weights(random.derive('weights')),
    weightDecay: Number(params.weight_decay),
    clipNorm: Number(params.gradient_clip),
  })
  try {
    const [epochs, size] = [Number(params.epochs), Number(params.batch_size)]
    const steps = Math.ceil(network.examples / size)
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const order = shuffled(network.examples, random.derive(`order ${epoch}`))
      let sum = 0
      for (let at = 0; at < steps; at++) {
        await settled()
        signal.throwIfAborted()
        const examples = order.subarray(at * size, (at + 1) * size)
        const own = random.derive(`step ${epoch} ${at}`)
        const batch = network.batch(examples, own.derive('batch'))
        const learningRate = Number(params.learning_rate)
        const loss = await step.run(batch, { learningRate, uniform: own.derive('dropout').uniform })
        sum += loss * examples.length
        if (at < steps - 1) report({ phase: 'fit', fraction: (epoch - 1 + (at + 1) / steps) / epochs, epochs })
      }
      const values = { loss: sum / Math.max(1, network.examples) }
      report({ phase: 'fit', fraction: epoch / epochs, epoch, epochs, values })
    }
    return await step.weights()
  } finally {
    step.close()
  }
}

/** Lets a cancel be heard: what TensorFlow.js computes on the CPU never waits. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

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
