import type { DuckDBConnection } from '@duckdb/node-api'
import type { ExplorationPart, ExplorationParts } from '../../../contract/exploration'
import type { Left } from '../left'
import { readActivity } from './activity'
import { readAttributes } from './attributes'
import { readEvents } from './events'
import { readPopularItems } from './popular-items'
import { readRatings } from './ratings'
import { readSuspiciousUsers } from './suspicious-users'
import { readTail } from './tail'
import { readCalendar, readTime } from './time'

/** How each part of an exploration is read. */
export const partReaders: {
  [P in ExplorationPart]: (connection: DuckDBConnection, left: Left) => Promise<ExplorationParts[P]>
} = {
  tail: readTail,
  activity: readActivity,
  ratings: readRatings,
  time: readTime,
  calendar: readCalendar,
  events: readEvents,
  attributes: readAttributes,
  popularItems: readPopularItems,
  suspiciousUsers: readSuspiciousUsers,
}
