import type { Feature } from '../../contract/features'

/** Numbers other than 0 that a row has of a feature, about; known before any attribute is read. */
function valuesOfRow(feature: Feature): number {
  switch (feature.as) {
    case 'categories':
      return 3
    case 'number':
    case 'bins':
    case 'cross':
      return 1
    case 'text':
    case 'interests':
      return 10
    case 'encoder':
    case 'image-encoder':
    case 'vector':
      return feature.dimensions ?? 384
  }
}

/** Numbers in the features of all users and items, about. */
export function assumedValues(features: readonly Feature[], rows: { users: number; items: number }): number {
  return features.reduce((sum, feature) => sum + valuesOfRow(feature) * rows[feature.of], 0)
}
