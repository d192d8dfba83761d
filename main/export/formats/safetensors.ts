import { join } from 'node:path'
import { writeTypedArrays } from '../../files/safetensors'
import { compress } from '../compress'
import { readPlainSafetensors } from '../proof/plain-safetensors'
import { rescorerOf } from '../proof/rescore'
import { writeCard, writeIds } from './card'
import type { ExportFormat } from './format'

const file = 'model.safetensors'

/** All arrays of any model, its ids, and a card. */
export const safetensors: ExportFormat = {
  id: 'safetensors',
  kind: 'model',
  extension: null,
  refusal: () => null,
  async write(source, folder) {
    const { tensors, settings, manifest } = source
    const { written } = compress(tensors, settings.compression)
    const about = { model: manifest.model, run: manifest.runId, params: JSON.stringify(manifest.params) }
    await writeTypedArrays(join(folder, file), written, { format: 'topn', ...about })
    await writeIds(folder, source)
    await writeCard(folder, source, [
      [file, 'the arrays of the model, row-major; `NAME.scale`: the scale of each row of int8 numbers'],
      ['user_ids.json, item_ids.json', 'the id of each row'],
    ])
  },
  async reread(reading) {
    const tensors = await readPlainSafetensors(join(reading.folder, file))
    return rescorerOf(reading, { tensors, params: reading.params }, 'a loader of its own')
  },
}
