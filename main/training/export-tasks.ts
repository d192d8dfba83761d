import type { ExportFormatId, ExportSettings } from '../contract/exports'
import type { ExportAbout } from '../export/formats/format'

/** Writes one format of a trained model into the empty folder `folder`. */
export interface ExportTask {
  kind: 'export'
  settings: ExportSettings
  about: ExportAbout
  artifact: string
  prepared: string
  folder: string
  /** Where it will lie in the end. */
  path: string
  /** Where users' scores by the model itself are written for the proof; null: none is made. */
  expected: string | null
  /** A file of the `users` whose lists are written, or the `items` whose like are; null: all of them. */
  chosen: string | null
  excludeSeen: boolean
  threads: number
}

/** Reads an export back and scores by it what `expected` holds the model's scores of. */
export interface ProveTask extends Pick<ExportTask, 'artifact' | 'prepared' | 'folder'> {
  kind: 'prove'
  format: ExportFormatId
  expected: string
}

/** Says what making a model smaller costs: see `CompressionPreview`. */
export interface PreviewCompressionTask extends Pick<ExportTask, 'artifact' | 'prepared' | 'threads'> {
  kind: 'preview-compression'
  /** The share of the smallest weights that become 0. */
  prune: number
}
