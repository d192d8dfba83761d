import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { differentiatedStep, type TrainingStep } from '../../main/compute/tensorflow/step'
import type { NamedArrays, Tensorflow } from '../../main/compute/tensorflow/tensorflow'

/** What the first steps of a training were made of, and what they took. */
export interface Recorded {
  weights: NamedArrays
  batches: NamedArrays[]
  losses: number[]
  /** Milliseconds by the clock, and of the processors. */
  clock: number[]
  processor: number[]
}

export const enough = new Error('enough steps')

/** A device whose steps are recorded, and which throws `enough` after so many of them. */
export function recording(tensorflow: Tensorflow, steps: number): { tensorflow: Tensorflow; recorded: Recorded } {
  const recorded: Recorded = { weights: {}, batches: [], losses: [], clock: [], processor: [] }
  const { openStep: _, ...plain } = tensorflow
  const openStep: Tensorflow['openStep'] = (loss, options) => {
    const step = differentiatedStep(plain, loss, options)
    recorded.weights = options.weights
    const run: TrainingStep['run'] = async (batch, settings) => {
      if (recorded.losses.length === steps) throw enough
      const [started, processor] = [performance.now(), process.cpuUsage()]
      recorded.losses.push(await step.run(batch, settings))
      const { user, system } = process.cpuUsage(processor)
      recorded.clock.push(performance.now() - started)
      recorded.processor.push((user + system) / 1000)
      recorded.batches.push(batch)
      return recorded.losses[recorded.losses.length - 1]
    }
    return { ...step, run }
  }
  return { tensorflow: { ...plain, openStep }, recorded }
}

/** Writes arrays as the peer reads them: one file of bytes, and where each lies in it. */
export function writeArrays(folder: string, name: string, arrays: NamedArrays): void {
  mkdirSync(folder, { recursive: true })
  const entries = Object.entries(arrays)
  let offset = 0
  const places = entries.map(([key, { shape, data }]) => {
    const place = { name: key, shape, type: data instanceof Float32Array ? 'float32' : 'int32', offset }
    offset += data.byteLength
    return place
  })
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(places))
  writeFileSync(join(folder, `${name}.bin`), Buffer.concat(entries.map(([, { data }]) => bytesOf(data))))
}

const bytesOf = ({ buffer, byteOffset, byteLength }: NamedArrays[string]['data']) =>
  Buffer.from(buffer, byteOffset, byteLength)
