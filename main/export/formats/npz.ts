import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { TopnError } from '../../contract/errors'
import { writeFileAtomic } from '../../files/atomic'
import { textsToNpy, toNpy } from '../../files/npy'
import { writeZip } from '../../files/zip'
import type { KnownVectors } from '../../models/form'
import type { Vectors } from '../../models/model'
import { compress } from '../compress'
import { readPlainNpz } from '../proof/plain-npz'
import { scoreUser } from '../proof/plain-scores'
import type { ExportFormat, ExportSource } from './format'

const file = 'model.npz'

/**
 * Vectors under the keys of implicit's own files, so that its `load` takes them: a score is the product of two rows.
 * Where the model has biases they are components of the vectors.
 */
export const npz: ExportFormat = {
  id: 'npz',
  kind: 'model',
  extension: 'npz',
  refusal: (model) =>
    model.scoresByProduct ? null : `${model.name} has no vectors of users and items whose product is a score.`,
  async write(source, folder) {
    const arrays = arraysOf(source)
    const parts = join(folder, 'parts')
    await mkdir(parts)
    const entries = []
    for (const [name, content] of Object.entries(arrays)) {
      const path = join(parts, `${name}.npy`)
      await writeFileAtomic(path, content)
      entries.push({ name: `${name}.npy`, path })
    }
    await writeZip(join(folder, file), entries, source.signal)
    await rm(parts, { recursive: true })
  },
  async reread({ folder }) {
    const arrays = await readPlainNpz(join(folder, file))
    const side = (name: string): KnownVectors => {
      const { shape, data } = arrays[`${name}_factors`]
      const known = arrays[`${name}_known`].data as Uint8Array
      return { count: shape[0], dimensions: shape[1], data: data as Float32Array, known }
    }
    const form = { kind: 'dot' as const, users: side('user'), items: side('item') }
    return {
      by: 'a loader of its own, and plain arithmetic',
      score: async (cases) => cases.map(({ user, history }) => (user === null ? null : scoreUser(form, user, history))),
    }
  },
}

function arraysOf({ model, manifest, tensors, prepared, settings }: ExportSource): Record<string, Uint8Array[]> {
  const { restored } = compress(tensors, settings.compression)
  const form = model.form?.({ tensors: restored, params: manifest.params })?.users
  if (form?.kind !== 'dot') {
    throw new TopnError('BAD_REQUEST', `${model.name} has no vectors whose product is a score. Choose safetensors.`)
  }
  const { users, items } = form
  return {
    user_factors: matrix(users),
    item_factors: matrix(items),
    factors: toNpy(BigInt64Array.of(BigInt(users.dimensions)), []),
    dtype: textsToNpy(['float32'], []),
    user_known: toNpy(users.known, [users.count]),
    item_known: toNpy(items.known, [items.count]),
    user_ids: textsToNpy(prepared.userIds),
    item_ids: textsToNpy(prepared.itemIds),
  }
}

const matrix = ({ data, count, dimensions }: Vectors) => toNpy(data, [count, dimensions])
