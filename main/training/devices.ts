import { possibleDevices, recordOf } from '../compute/devices'
import type { DeviceChoice, DeviceId, DeviceRecord } from '../contract/devices'
import { textOf } from '../contract/errors'
import { isNetwork } from '../contract/parameters'
import type { Model } from '../models/model'
import { findModel } from '../models/registry'
import type { TaskRunner } from './processes'
import type { TrainTask } from './tasks'

/** What a model computes on: a network, or what is made of one, on the device that was chosen. */
export function deviceFor(
  model: Model,
  { device = 'cpu', members = [] }: Pick<TrainTask, 'device' | 'members'>,
): DeviceChoice {
  return [model, ...members.map((member) => findModel(member.model))].some(isNetwork) ? device : 'cpu'
}

/** What this machine can compute on. Each device is tried in a process of its own, which its driver may end. */
export function listDevices(runTask: TaskRunner): Promise<DeviceRecord[]> {
  const context = { report() {}, signal: new AbortController().signal }
  const probe = (device: DeviceId) =>
    runTask({ kind: 'probe-device', device }, context).catch((error) => ({
      ...recordOf(device),
      detail: textOf(error),
    }))
  return Promise.all(possibleDevices().map(probe))
}

/** The devices, tried once: at the first question. */
export function createDevices(runTask: TaskRunner): { list(): Promise<DeviceRecord[]> } {
  let found: Promise<DeviceRecord[]> | undefined
  return {
    list() {
      found ??= listDevices(runTask)
      return found
    },
  }
}
