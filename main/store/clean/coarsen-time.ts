import type { timeUnits } from '../../contract/clean'
import type { StepKind } from './step'

/** The beginning of a timestamp's hour, day, week (Monday) or month, in seconds since 1970, UTC. */
export const coarsenTime: StepKind<'coarsen-time'> = {
  needs: () => ['timestamp'],
  select: ({ to }, { table }) => `SELECT * REPLACE ((${beginning[to]})::DOUBLE AS timestamp) FROM ${table}`,
}

/** 1970-01-05 was the first Monday. */
const firstMonday = 4 * 86_400

const beginning: Record<(typeof timeUnits)[number], string> = {
  hour: 'floor(timestamp / 3600) * 3600',
  day: 'floor(timestamp / 86400) * 86400',
  week: `floor((timestamp - ${firstMonday}) / 604800) * 604800 + ${firstMonday}`,
  month: "epoch(date_trunc('month', make_timestamp((timestamp * 1e6)::BIGINT)))",
}
