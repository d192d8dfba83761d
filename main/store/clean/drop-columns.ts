import type { StepKind } from './step'

const types = { rating: 'DOUBLE', timestamp: 'DOUBLE', event: 'VARCHAR' } as const

/** Empties columns of the interactions, and takes attributes of users and items out of all that comes after. */
export const dropColumns: StepKind<'drop-columns'> = {
  async refuse(step, stage) {
    for (const of of ['items', 'users'] as const) {
      const known = stage[of]?.attributes.map(({ name }) => name) ?? []
      const unknown = step[of].find((name) => !known.includes(name))
      if (unknown !== undefined) return `names the attribute ${unknown}, which ${of} do not have here.`
    }
    return null
  },
  select({ columns }, { table, filled }) {
    const empty = columns.filter((column) => filled[column] > 0).map((column) => `NULL::${types[column]} AS ${column}`)
    return empty.length > 0 ? `SELECT * REPLACE (${empty.join(', ')}) FROM ${table}` : `SELECT * FROM ${table}`
  },
  attributes: (step, of, before) => before.filter(({ name }) => !step[of].includes(name)),
}
