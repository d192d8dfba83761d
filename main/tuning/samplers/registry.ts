import type { SamplerId } from '../../contract/tuning'
import type { Sampler } from '../sampler'
import { grid } from './grid'
import { quasiRandom } from './quasi-random'
import { random } from './random'
import { tpe } from './tpe'

/** All samplers, in the order in which they are shown. */
export const samplers: readonly Sampler[] = [tpe, quasiRandom, random, grid]

export function findSampler(id: SamplerId): Sampler {
  const found = samplers.find((sampler) => sampler.id === id)
  if (!found) throw new Error(`the sampler ${id} is in the contract but not in the registry`)
  return found
}
