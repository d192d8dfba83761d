import { numberLiteral, type StepKind } from './step'

/** The users whose MD5 of `seed:id` comes first, so many or such a share of them, at least one. */
export const sampleUsers: StepKind<'sample-users'> = {
  select({ count, share, seed }, { table, counts }) {
    const wanted = count ?? Math.max(1, Math.round((share ?? 1) * counts.users))
    return `SELECT * FROM ${table} WHERE "user" IN (
  SELECT "user" FROM (SELECT DISTINCT "user" FROM ${table})
  ORDER BY md5(concat('${numberLiteral(seed)}:', "user")), "user" LIMIT ${wanted}
)`
  },
}
