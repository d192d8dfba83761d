import { type LossTools, type TfTensors, tensorOf } from '../../compute/tensorflow/step'
import type { NamedArrays, Tensorflow, TfTensor } from '../../compute/tensorflow/tensorflow'
import { knownRows } from '../factorisation/factors'
import type { Interactions, Tensors } from '../model'
import { normal } from '../neural/initial'
import type { Random } from '../random'
import { presence, transpose } from '../sparse'

/** Makes the vectors of items. */
export interface ItemTower {
  /** 1 for items that have a vector. */
  readonly known: Uint8Array
  weights(size: number, random: Random): NamedArrays
  /**
   * What the vectors of the listed items are computed from, as a part of a batch, and the lists again, each item by its row
   * among these vectors. What is drawn is drawn with `random`; nothing is while lists are made.
   */
  choose(lists: readonly Int32Array[], random: Random | null): { arrays: NamedArrays; rows: Int32Array[] }
  /** [items, size] */
  vectors(tools: LossTools, weights: TfTensors, batch: TfTensors): TfTensor
  /** What the vector of a new item takes beside the weights. */
  readonly tensors?: Tensors
}

export const initialDeviation = 0.02

/** A vector for each item that anybody has chosen, learned by itself. */
export function itemTable(train: Interactions): ItemTower {
  return {
    known: chosenItems(train),
    weights: (size, random) => ({ item_factors: normal([train.items, size], initialDeviation, random) }),
    choose: (lists) => ({ arrays: {}, rows: [...lists] }),
    vectors: (_, weights) => weights.item_factors,
  }
}

/** 1 for items that anybody has chosen. */
export function chosenItems(train: Interactions): Uint8Array {
  return knownRows(transpose(presence(train)).offsets)
}

const itemsAtATime = 1024

/** The vectors of all items as the tensor `item_factors`, where they are not a weight themselves. */
export async function itemFactors(
  { tf }: Tensorflow,
  tower: ItemTower,
  weights: NamedArrays,
  size: number,
): Promise<NamedArrays> {
  if ('item_factors' in weights) return {}
  const data = new Float32Array(tower.known.length * size)
  const on = Object.fromEntries(
    Object.entries(weights).map(([name, each]) => [name, tensorOf(tf, each.shape, each.data)]),
  )
  for (let from = 0; from < tower.known.length; from += itemsAtATime) {
    const items = Int32Array.from({ length: Math.min(itemsAtATime, tower.known.length - from) }, (_, at) => from + at)
    const vectors = tf.tidy(() => {
      const { arrays } = tower.choose([items], null)
      const batch = Object.fromEntries(Object.entries(arrays).map(([name, a]) => [name, tensorOf(tf, a.shape, a.data)]))
      return tower.vectors({ tf, dropout: (x) => x }, on, batch)
    })
    data.set((await vectors.data()) as Float32Array, from * size)
    vectors.dispose()
  }
  for (const each of Object.values(on)) each.dispose()
  return { item_factors: { shape: [tower.known.length, size], data } }
}
