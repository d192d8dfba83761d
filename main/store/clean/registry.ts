import type { CleanStepId } from '../../contract/clean'
import { attributeFilter } from './attribute-filter'
import { coarsenTime } from './coarsen-time'
import { dateRange } from './date-range'
import { dropColumns } from './drop-columns'
import { duplicates } from './duplicates'
import { eventWeights } from './event-weights'
import { kCore } from './k-core'
import { noise } from './noise'
import { itemOutliers, userOutliers } from './outliers'
import { ratingFilter } from './rating-filter'
import { ratingMap } from './rating-map'
import { sampleUsers } from './sample-users'
import type { StepKind } from './step'

/** Every kind of cleaning step, by its name in the experiment file. */
export const stepKinds: { [S in CleanStepId]: StepKind<S> } = {
  'event-weights': eventWeights,
  'rating-map': ratingMap,
  'rating-filter': ratingFilter,
  duplicates,
  'date-range': dateRange,
  'user-outliers': userOutliers,
  'item-outliers': itemOutliers,
  'k-core': kCore,
  'sample-users': sampleUsers,
  'attribute-filter': attributeFilter,
  'drop-columns': dropColumns,
  'coarsen-time': coarsenTime,
  noise,
}
