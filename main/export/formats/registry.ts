import type { ExportFormatId } from '../../contract/exports'
import { bundle } from './bundle'
import type { ExportFormat } from './format'
import { csvLists, jsonLists, parquetLists, trec } from './lists'
import { npz } from './npz'
import { onnx } from './onnx'
import { report } from './report'
import { safetensors } from './safetensors'
import { similarItems } from './similar-items'
import { parquetSplit, recbole } from './split'
import { tfjs } from './tfjs'
import { csvVectors, parquetVectors, projector } from './vectors'

/** All formats, in the order in which they are offered. */
export const formats: readonly ExportFormat[] = [
  safetensors,
  npz,
  onnx,
  tfjs,
  parquetVectors,
  csvVectors,
  projector,
  similarItems,
  parquetLists,
  csvLists,
  jsonLists,
  trec,
  parquetSplit,
  recbole,
  report,
  bundle,
]

export function findFormat(id: ExportFormatId): ExportFormat {
  const found = formats.find((format) => format.id === id)
  if (!found) throw new Error(`no format ${id}`)
  return found
}
