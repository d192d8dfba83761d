import { type DeviceId, deviceAfter } from '../../contract/devices'
import { TopnError } from '../../contract/errors'
import type { Tensorflow } from './tensorflow'

const names: Record<DeviceId, string> = {
  cuda: 'the NVIDIA card (CUDA)',
  webgpu: 'the graphics card (WebGPU)',
  cpu: 'the processor',
  'native-cpu': "the processor with TensorFlow's own library",
}

const subjects: Record<DeviceId, string> = {
  cuda: 'The NVIDIA card (CUDA)',
  webgpu: 'The graphics card (WebGPU)',
  cpu: 'The processor',
  'native-cpu': "The processor with TensorFlow's own library",
}

/** It cannot be used at all, was lost while it computed, or ran out of memory. */
export type Failure = 'missing' | 'lost' | 'memory'

/** The error of every way in which a device can fail; `reason` is a sentence. Offers what is left to try. */
export function deviceFailed(device: DeviceId, failure: Failure, reason: string, options?: ErrorOptions): TopnError {
  const offerDevice = deviceAfter(device)
  const sentence = asSentence(reason)
  const message = sentenceOf(failure, subjects[device], sentence, names[offerDevice ?? 'cpu'])
  return new TopnError('DEVICE_FAILED', message, { device, failure, reason: sentence, offerDevice }, options)
}

/** What is computed and read, or what it means that the device failed at it. */
export async function guarded<T>({ verify, explain }: Guard, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw explain ? explain(error) : error
  } finally {
    // What the device says aside comes before what followed from it.
    verify()
  }
}

type Guard = Pick<Tensorflow, 'verify' | 'explain'>

function sentenceOf(failure: Failure, subject: string, reason: string, next: string): string {
  if (failure === 'missing') return `${subject} cannot be used: ${reason} Choose "best", or ${next}.`
  if (failure === 'lost') return `${subject} was lost while it computed: ${reason} Run it again, or on another device.`
  return `${subject} ran out of memory: ${reason} Choose a smaller batch or smaller vectors, or another device.`
}

const asSentence = (text: string) => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`)
