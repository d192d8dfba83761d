import * as v from 'valibot'

export const deviceIds = ['cuda', 'webgpu', 'cpu', 'native-cpu'] as const
/**
 * What a network is computed on: an NVIDIA card with CUDA, any graphics card, the processor, or the processor with
 * TensorFlow's own library.
 */
export type DeviceId = (typeof deviceIds)[number]

/** What `best` tries, in this order. What only imitates a graphics card is passed over. */
export const bestFirst: readonly DeviceId[] = ['cuda', 'webgpu', 'cpu']

export const deviceChoices = ['best', ...deviceIds] as const
export const deviceChoiceSchema = v.picklist(deviceChoices)
export type DeviceChoice = v.InferOutput<typeof deviceChoiceSchema>

export const isDeviceChoice = (word: string): word is DeviceChoice => deviceChoices.some((choice) => choice === word)

export interface DeviceRecord {
  id: DeviceId
  /** The hardware, as its driver calls it. */
  name: string
  available: boolean
  /** It imitates the hardware, so that it is slow. */
  isSoftware: boolean
  /** The backend that computed a product on it; null where it is not available. */
  backend: string | null
  /** Of the processor; 0 for other devices. */
  threads: number
  /** Of the processor; 0 for other devices. */
  memoryBytes: number
  /** Why it is not available, or what computes on it. */
  detail: string
}

/** What `best` means among these devices. */
export function bestDevice(devices: readonly DeviceRecord[]): DeviceRecord | undefined {
  const isUsable = ({ available, isSoftware }: DeviceRecord) => available && !isSoftware
  return bestFirst.flatMap((id) => devices.filter((device) => device.id === id && isUsable(device)))[0]
}

/** The device that a choice comes to; undefined while it is not known which is the best. */
export function deviceMeant(choice: DeviceChoice, devices: readonly DeviceRecord[]): DeviceId | undefined {
  return choice === 'best' ? bestDevice(devices)?.id : choice
}

/** `id`, or the first one after it that works and imitates nothing; null where none is left. Of one that is not known it is assumed. */
export function offeredDevice(id: DeviceId | null, devices: readonly DeviceRecord[]): DeviceId | null {
  if (id === null) return null
  const found = devices.find((device) => device.id === id)
  return !found || (found.available && !found.isSoftware) ? id : offeredDevice(deviceAfter(id), devices)
}

/** What is left to try where a device fails; null after the processor, which always works. */
export function deviceAfter(id: DeviceId): DeviceId | null {
  if (id === 'cpu') return null
  const place = bestFirst.indexOf(id)
  return place < 0 ? 'cpu' : bestFirst[place + 1]
}
