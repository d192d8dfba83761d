import type { Scalar, Variable } from '@tensorflow/tfjs-core'
import { guarded } from './device-failed'
import type { AdamSettings, NamedArray, NamedArrays, Tensorflow, Tf, TfTensor } from './tensorflow'

export type TfTensors = Readonly<Record<string, TfTensor>>

/** What a loss is computed with. */
export interface LossTools {
  readonly tf: Tf
  /** Zeroes each number with this probability and scales the others up; nothing while lists are made. */
  dropout(x: TfTensor, rate: number): TfTensor
}

/** The mean loss of a batch, a scalar, from weights and batch by their names. */
export type Loss = (tools: LossTools, weights: TfTensors, batch: TfTensors) => TfTensor

export interface StepSettings {
  readonly learningRate: number
  /** Uniform numbers in [0, 1) for this step's dropout. */
  uniform(): number
}

/** One step of descent after another; what computes it can be swapped, the numbers it keeps are the same. */
export interface TrainingStep {
  /** Descends on a batch and gives its mean loss before. */
  run(batch: NamedArrays, settings: StepSettings): Promise<number>
  /** A copy of the weights. */
  weights(): Promise<Record<string, NamedArray>>
  /** A copy of what else the next step depends on: the moments of each weight and the number of steps. */
  moments(): Promise<Record<string, NamedArray>>
  close(): void
}

export interface StepOptions {
  readonly weights: NamedArrays
  /** As `moments` gave them; left out at the start. */
  readonly moments?: NamedArrays
  /** Decoupled from the gradient (Loshchilov and Hutter 2019): each step takes this share times the learning rate off. */
  readonly weightDecay: number
  /** Gradients longer than this, over all weights together, are scaled down to it; 0: never. */
  readonly clipNorm: number
}

const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-8]

/** The step of a device: its own where it brings one, otherwise the one that follows from the loss. */
export function openStep(tensorflow: Tensorflow, loss: Loss, options: StepOptions): TrainingStep {
  return tensorflow.openStep?.(loss, options) ?? differentiatedStep(tensorflow, loss, options)
}

/** Adam (Kingma and Ba 2015) on gradients that TensorFlow.js derives of `loss`. */
export function differentiatedStep(tensorflow: Tensorflow, loss: Loss, options: StepOptions): TrainingStep {
  const { tf } = tensorflow
  const names = Object.keys(options.weights).sort()
  const variable = ({ shape, data }: NamedArray) =>
    tf.tidy(() => tf.variable(tf.tensor(data as Float32Array, [...shape], 'float32')))
  const zero = ({ shape, data }: NamedArray): NamedArray => ({ shape, data: new Float32Array(data.length) })
  const kept = (name: string, moment: 1 | 2) =>
    variable(options.moments?.[`moment${moment}/${name}`] ?? zero(options.weights[name]))
  const slots = names.map((name) => ({
    name,
    weight: variable(options.weights[name]),
    first: kept(name, 1),
    second: kept(name, 2),
  }))
  let steps = Number(options.moments?.steps.data[0] ?? 0)

  function gradientsOf(batch: NamedArrays, { uniform }: StepSettings) {
    const given = Object.fromEntries(
      Object.entries(batch).map(([name, { shape, data }]) => [name, tensorOf(tf, shape, data)]),
    )
    const weights = Object.fromEntries(slots.map(({ name, weight }) => [name, weight]))
    const tools: LossTools = { tf, dropout: (x, rate) => dropout(tf, x, rate, uniform) }
    return tf.variableGrads(
      () => loss(tools, weights, given) as Scalar,
      slots.map(({ weight }) => weight),
    )
  }

  function apply(gradients: TfTensor[], { learningRate }: StepSettings): void {
    const bias = Math.sqrt(1 - beta2 ** steps)
    const settings: AdamSettings = {
      beta1,
      beta2,
      rate: learningRate * (bias / (1 - beta1 ** steps)),
      stabiliser: epsilon * bias,
      kept: 1 - learningRate * options.weightDecay,
    }
    const adam = tensorflow.adam ?? composedAdam(tf)
    slots.forEach((slot, at) => {
      adam(slot, gradients[at], settings)
    })
  }

  const read = (entries: [string, Variable][]) =>
    guarded(tensorflow, async () => {
      const result: Record<string, NamedArray> = {}
      for (const [name, value] of entries) {
        result[name] = { shape: [...value.shape], data: (await value.data()).slice() as Float32Array }
      }
      return result
    })

  return {
    run: (batch, settings) =>
      guarded(tensorflow, async () => {
        steps++
        const value = tf.tidy(() => {
          const { value, grads } = gradientsOf(batch, settings)
          const gradients = slots.map(({ weight }) => grads[weight.name])
          apply(clip(tf, gradients, options.clipNorm), settings)
          return value
        })
        const [result] = await value.data()
        value.dispose()
        return result
      }),
    weights: () => read(slots.map(({ name, weight }) => [name, weight])),
    async moments() {
      const both = slots.flatMap(({ name, first, second }): [string, Variable][] => [
        [`moment1/${name}`, first],
        [`moment2/${name}`, second],
      ])
      return { ...(await read(both)), steps: { shape: [1], data: Float64Array.of(steps) } }
    },
    close() {
      for (const { weight, first, second } of slots) for (const each of [weight, first, second]) each.dispose()
    },
  }
}

/** Adam from operations that every backend has. */
function composedAdam(tf: Tf): NonNullable<Tensorflow['adam']> {
  return ({ weight, first, second }, gradient, { beta1, beta2, rate, stabiliser, kept }) => {
    assign(first, tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1)))
    assign(second, tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2)))
    const change = tf.mul(tf.div(first, tf.add(tf.sqrt(second), stabiliser)), rate)
    assign(weight, tf.sub(kept === 1 ? weight : tf.mul(weight, kept), change))
  }
}

function assign(variable: Variable, value: TfTensor): void {
  variable.assign(value as Parameters<Variable['assign']>[0])
}

/** Whole numbers stay such; everything else becomes 32-bit. */
export function tensorOf(tf: Tf, shape: readonly number[], data: NamedArray['data']): TfTensor {
  const isWhole = data instanceof Int32Array || data instanceof Uint32Array || data instanceof Uint8Array
  return isWhole
    ? tf.tensor(data instanceof Int32Array ? data : Int32Array.from(data), [...shape], 'int32')
    : tf.tensor(data instanceof Float32Array ? data : Float32Array.from(data), [...shape], 'float32')
}

function clip(tf: Tf, gradients: TfTensor[], norm: number): TfTensor[] {
  if (norm === 0) return gradients
  const length = tf.sqrt(tf.addN(gradients.map((gradient) => tf.sum(tf.square(gradient)))))
  const scale = tf.div(norm, tf.maximum(length, norm))
  return gradients.map((gradient) => tf.mul(gradient, scale))
}

/** The mask is drawn here, not on the device, so that it is the same on each; by a xorshift (Marsaglia 2003), which is quick. */
function dropout(tf: Tf, x: TfTensor, rate: number, uniform: () => number): TfTensor {
  if (rate === 0) return x
  const mask = new Float32Array(x.size)
  const [limit, scale] = [rate * 2 ** 32, 1 / (1 - rate)]
  let state = 1 + Math.floor(uniform() * (2 ** 32 - 1))
  for (let at = 0; at < mask.length; at++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    mask[at] = state >>> 0 < limit ? 0 : scale
  }
  return tf.mul(x, tf.tensor(mask, x.shape))
}
