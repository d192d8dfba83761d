/**
 * The order of ids everywhere: canonical non-negative integers (no leading zeros, any length) first, by value, then
 * everything else by Unicode code points. SQL in `store` sorts by the same rule.
 */
export function compareIds(a: string, b: string): number {
  const aNumber = canonicalInteger.test(a)
  const bNumber = canonicalInteger.test(b)
  if (aNumber !== bNumber) return aNumber ? -1 : 1
  if (aNumber && a.length !== b.length) return a.length - b.length
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

const canonicalInteger = /^(0|[1-9][0-9]*)$/
