import { readdir } from 'node:fs/promises'
import type { EngineClient } from '../contract/calls'
import { type DeviceId, deviceIds, deviceMeant } from '../contract/devices'
import type { RunRecord } from '../contract/records'
import type { WorkspaceFolders } from '../engine/workspace'
import { findModel } from '../models/registry'
import { checkpointFile, checkpointKey, readTrainingKey, readTrainingState } from '../training/checkpoints'

/** Where the training of a run goes on: after an epoch, or, for a reason, from the beginning. */
export type GoesOn = { epoch: number } | { reason: string }

/** What the job of a run will find, by the key of its checkpoint and the device that it is trained on. */
export async function whereItGoesOn(
  client: Pick<EngineClient, 'call'>,
  run: RunRecord,
  folders: WorkspaceFolders,
): Promise<GoesOn> {
  const { name, checkpoint } = findModel(run.model)
  if (!checkpoint) return { reason: `${name} saves no checkpoints` }
  const file = checkpointFile(folders.checkpoints(run.id))
  const state = await readTrainingState(file)
  if (state === null) return { reason: 'it had not come to its first checkpoint' }
  const was = await deviceOfKey(await readTrainingKey(file), run, folders)
  if (was === null) return { reason: 'its checkpoint is of other settings or data, or of another version of TopN' }
  const choice = run.deviceChoice ?? 'best'
  const devices = choice === 'best' ? await client.call('workspace.devices', {}) : []
  const device = deviceMeant(choice, devices) ?? 'cpu'
  if (device === was) return { epoch: state.epoch }
  return { reason: `its checkpoint was computed on ${was}, and numbers round otherwise on ${device}` }
}

/** The device on which a training of this run has the key; null where it has it on none. */
async function deviceOfKey(key: string | null, run: RunRecord, folders: WorkspaceFolders): Promise<DeviceId | null> {
  const { model, params, seed, prepared } = run
  if (prepared === null) return null
  // Which file its features are in is known once they are encoded: any of the same data will do.
  const files = run.features ? await readdir(folders.prepared(prepared)).catch(() => []) : [null]
  const hasKey = (device: DeviceId) =>
    files.some(
      (features) =>
        checkpointKey({ model, params, seed, features, goal: { kind: 'evaluate' } }, prepared, device) === key,
    )
  return deviceIds.find(hasKey) ?? null
}
