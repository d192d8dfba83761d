import type { LossTools, TfTensors } from '../../compute/tensorflow/step'
import type { NamedArrays, TfTensor } from '../../compute/tensorflow/tensorflow'
import type { Random } from '../random'

/** Reads items one after the other. */
export interface Encoder {
  /** `size` numbers an item, at most `places` items. */
  weights(size: number, places: number, random: Random): NamedArrays
  /**
   * The state after each place, [rows, places, size], from the vectors of the items there. Rows begin with their first item;
   * what stands in later places does not change a state, so what fills up a row is never seen.
   */
  states(tools: LossTools, weights: TfTensors, items: TfTensor): TfTensor
}
