import type { ExportFormatId } from '../../contract/exports'
import type { ExportFormat } from './format'
import { csvLists, jsonLists, parquetLists, trec } from './lists'
import { npz } from './npz'
import { onnx } from './onnx'
import { safetensors } from './safetensors'

/** All formats, in the order in which they are offered. */
export const formats: readonly ExportFormat[] = [safetensors, npz, onnx, parquetLists, csvLists, jsonLists, trec]

export function findFormat(id: ExportFormatId): ExportFormat {
  const found = formats.find((format) => format.id === id)
  if (!found) throw new Error(`no format ${id}`)
  return found
}
