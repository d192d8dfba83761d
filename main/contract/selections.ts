import type { Filter, Subject } from './filters'

/** A named set of users or items of a dataset. */
export interface SelectionRecord {
  id: string
  name: string
  datasetId: string
  of: Subject
  /** Its members. */
  count: number
  /** How it came about; null where its members were named one by one. */
  filters: Filter[] | null
  createdAt: string
}

export interface SelectionMember {
  id: string
  /** Null for users, and for items without a title. */
  title: string | null
  /** Of the dataset as it was read; 0 where there are none. */
  interactions: number
}

/** A run's metrics over the users of a selection. */
export interface SelectionMetrics {
  /** Users of the selection with test items. */
  users: number
  /** As in the run's record, means over these users. Metrics of all lists together, such as coverage, are left out. */
  metrics: Record<string, number>
}
