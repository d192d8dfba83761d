import type { Significance } from '../../contract/comparison'
import type { ExperimentFile } from '../../contract/experiment'
import type { ExportFormatId, ExportKind, ExportSettings } from '../../contract/exports'
import type { Subject } from '../../contract/filters'
import type { Progress, RunRecord } from '../../contract/records'
import type { PreparedData } from '../../data/prepared'
import type { TopLists } from '../../evaluation/lists'
import type { FittedModel, Model, Parameters, Tensors } from '../../models/model'
import type { ArtifactManifest } from '../../training/artifact'
import type { PlainHistory } from '../proof/plain-scores'
import type { Sampler, TableRows } from '../proof/tables'

/** What a report says beyond the run's own files. */
export interface ReportFacts extends Pick<RunRecord, 'clean' | 'split' | 'curve'> {
  /** Those that can be compared with it, and itself. */
  runs: Pick<RunRecord, 'id' | 'name' | 'metrics'>[]
  comparison: Significance | null
}

/** What is known of a run beside its files. */
export interface ExportAbout {
  /** What the run is called, and its data. */
  run: string
  dataset: string
  /** Version of TopN. */
  version: string
  /** Whose ids are pseudonyms. */
  pseudonymised: readonly Subject[]
  /** For a report; left out where only the run's files are there. */
  report?: ReportFacts
  /** What repeats the run; null where a folder does not say. */
  experiment: ExperimentFile | null
}

/** What a format is written from. */
export interface ExportSource {
  settings: ExportSettings
  about: ExportAbout
  manifest: ArtifactManifest
  model: Model
  prepared: PreparedData
  /** As the artifact has them; `settings.compression` says how they are made smaller. */
  tensors: Tensors
  /** The same with the numbers that a reader gets. */
  fitted: FittedModel
  /** Rows of those who were chosen; null: all of them. */
  chosen: { users: Uint32Array | null; items: Uint32Array | null }
  /** The best items of the users that were chosen. */
  lists(): Promise<TopLists>
  report(progress: Progress): void
  signal: AbortSignal
}

/** A user to be scored again: by who they are where the model knows them, else by what they have. */
export interface ProofCase {
  user: number | null
  history: PlainHistory
}

/** Files that were written, read by other code than wrote them. */
export interface Rescorer {
  /** What they were read by. */
  by: string
  /** Scores of all items for each case, null where the files cannot tell; no finite number for what is never listed. */
  score(cases: readonly ProofCase[]): Promise<(Float32Array | Float64Array | null)[]>
  close?(): Promise<void>
}

export interface Reading {
  folder: string
  model: Model
  params: Parameters
  prepared: PreparedData
}

export interface ExportFormat {
  id: ExportFormatId
  kind: ExportKind
  /** Of its one file; null: a folder of files. */
  extension: string | null
  /** Why a model has nothing to write, as a sentence; null: it has. */
  refusal(model: Model): string | null
  /**
   * Writes into an empty folder: one file where the format has an extension, with any name. Rows that cost much are seen by
   * a sampler while they are written.
   */
  write(source: ExportSource, folder: string, samplerOf: (table: string) => Sampler): Promise<void>
  /** Of a model: opens what was written, in another process. */
  reread?(reading: Reading): Promise<Rescorer>
  /** Of what is no model: how its rows are to stand in the files, and, in another process, how they do. */
  readonly tables?: {
    /** Of all tables that no sampler has seen. */
    expected(source: ExportSource): Promise<TableRows[]>
    found(folder: string): Promise<{ by: string; tables: TableRows[] }>
  }
}
