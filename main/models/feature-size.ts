import type { DataSize } from './model'

/** Columns of the features of users and items: where nobody has counted them, a tenth of their numbers. */
export function columnsOfFeatures({ featureValues = 0, featureColumns, userFeatureColumns = 0 }: DataSize): number {
  return featureColumns === undefined ? featureValues / 10 : featureColumns + userFeatureColumns
}
