import type { Compute } from '../../compute/compute'
import { guarded } from '../../compute/tensorflow/device-failed'
import { tensorOf } from '../../compute/tensorflow/step'
import type { NamedArray, NamedArrays, Tf, TfTensor } from '../../compute/tensorflow/tensorflow'
import { kernelScorer } from '../kernel-scorer'
import type { Scorer, Tensors } from '../model'

/** Scores that a network computes on the device, some users at a time. */
export interface DeviceScores {
  /** Scores of all items for these users, users x items; what it makes on the way is given back by who calls it. */
  scores(users: Uint32Array): TfTensor
  /** Numbers that the scores of one user take on the way. */
  readonly numbersOfUser: number
  /** Tensors that it holds. */
  readonly held: readonly TfTensor[]
}

/** Numbers of a block of users on the device. */
const blockNumbers = 2 ** 21

/** A scorer of what `open` computes; unknown users and items get no scores. */
export async function deviceScorer(
  { kernels, tensorflow: start }: Compute,
  known: { users: Uint8Array; items: Uint8Array },
  open: (tf: Tf) => DeviceScores,
): Promise<Scorer> {
  const tensorflow = await start()
  const { tf } = tensorflow
  const of = open(tf)
  const items = known.items.length
  const usersAtATime = Math.max(1, Math.floor(blockNumbers / of.numbersOfUser))
  const unknownItems = Uint32Array.from(known.items.keys()).filter((item) => known.items[item] === 0)
  const scoresOf = {
    items,
    isKnown: (user: number) => known.users[user] === 1,
    unknownItems,
    async compute(wanted: Uint32Array) {
      const scores = kernels.float32(wanted.length * items)
      for (let from = 0; from < wanted.length; from += usersAtATime) {
        const values = await guarded(tensorflow, async () => {
          const block = tf.tidy(() => of.scores(wanted.subarray(from, from + usersAtATime)))
          return block.data().finally(() => block.dispose())
        })
        scores.set(values as Float32Array, from * items)
      }
      return { scores, stride: items }
    },
  }
  return kernelScorer(kernels, scoresOf, () => {
    for (const each of of.held) each.dispose()
  })
}

/** Arrays as tensors; those of flags and of 64 bits stay away. */
export function upload(tf: Tf, arrays: NamedArrays): Record<string, TfTensor> {
  const isUploaded = ([, { data }]: [string, NamedArray]) => data instanceof Float32Array || data instanceof Int32Array
  return Object.fromEntries(
    Object.entries(arrays)
      .filter(isUploaded)
      .map(([name, { shape, data }]) => [name, tensorOf(tf, shape, data)]),
  )
}

/** Reads tensors from the device, and gives them back to it. */
export async function downloaded(tensors: Readonly<Record<string, TfTensor>>): Promise<Tensors> {
  const arrays: Tensors = {}
  for (const [name, tensor] of Object.entries(tensors)) {
    arrays[name] = { shape: [...tensor.shape], data: ((await tensor.data()) as Float32Array).slice() }
    tensor.dispose()
  }
  return arrays
}
