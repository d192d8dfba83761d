import type { Subject } from '../contract/filters'
import type { ProjectionRecord, ProjectionSettings } from '../contract/projection'
import type { SegmentName, SegmentResult } from '../contract/segments'
import type { MapSettings } from '../evaluation/segments/map'
import type { Question } from './questions'

/** Judges runs over segments of users and items, or says who makes up one of them. */
export interface SegmentsTask {
  kind: 'segments'
  /** A file of the values of users in each run and of the members of segments: see `segmentTensors`. */
  input: string
  segments: { of: Subject; name: SegmentName }[]
  /** Its key, such as `ndcg@10`. */
  metric: string
  settings: MapSettings
  /** Folders that segments of items are judged from; null where there are none. */
  folders: { prepared: string; artifacts: string[] } | null
  /** So many users of the one segment instead of the map. */
  detail: number | null
}

export interface SegmentsFound {
  results: SegmentResult[]
  /** How many, and by index those for whom the first run falls behind the second one the most; null where nobody asked. */
  users: { total: number; worst: { index: number; values: number[] }[] } | null
}

/** Lays out the vectors of a run's items or users, and writes them into the folder `output`: see `projectionTensors`. */
export interface ProjectionTask {
  kind: 'projection'
  prepared: string
  artifact: string
  of: Subject
  settings: ProjectionSettings
  threads: number
  output: string
}

export type ProjectionFound = Pick<
  ProjectionRecord,
  | 'source'
  | 'points'
  | 'dimensions'
  | 'leftOut'
  | 'trustworthiness'
  | 'explained'
  | 'clusters'
  | 'bestClusters'
  | 'elbowClusters'
>

/** Answers one of the questions of screens; what it reads stays in its process. */
export interface AskTask {
  kind: 'ask'
  prepared: string
  threads: number
  /** Bytes of models that may stay. */
  memoryBytes: number
  question: Question
}
