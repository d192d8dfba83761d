import type { StepKind } from './step'

/**
 * One row of each pair of user and item: the first or last by time, then by place in the file; of `max` and `min` the
 * last one with that rating; of `mean` and `sum` the last one with the ratings of all.
 */
export const duplicates: StepKind<'duplicates'> = {
  needs: ({ keep }) => (keep === 'first' || keep === 'last' ? [] : ['rating']),
  select({ keep }, { table }) {
    switch (keep) {
      case 'first':
        return onePerPair(table, 'timestamp NULLS LAST, row')
      case 'last':
        return onePerPair(table, latest)
      case 'max':
        return onePerPair(table, `rating DESC NULLS LAST, ${latest}`)
      case 'min':
        return onePerPair(table, `rating NULLS LAST, ${latest}`)
      case 'mean':
        return together(table, 'avg')
      case 'sum':
        return together(table, 'sum')
    }
  },
}

const latest = 'timestamp DESC NULLS LAST, row DESC'

function onePerPair(table: string, order: string): string {
  return `SELECT * FROM ${table}
QUALIFY row_number() OVER (PARTITION BY "user", item ORDER BY ${order}) = 1`
}

/** Sums run in the order of the file, so that they are the same to the last bit however many threads compute them. */
function together(table: string, aggregate: 'avg' | 'sum'): string {
  return `SELECT last.* REPLACE (CASE WHEN repeated.item IS NULL THEN last.rating ELSE repeated.value END AS rating)
FROM (${onePerPair(table, latest)}) last
LEFT JOIN (
  SELECT "user", item, ${aggregate}(rating ORDER BY row) AS value FROM ${table}
  WHERE ("user", item) IN (SELECT ("user", item) FROM ${table} GROUP BY "user", item HAVING count(*) > 1)
  GROUP BY "user", item
) repeated ON repeated."user" = last."user" AND repeated.item = last.item`
}
