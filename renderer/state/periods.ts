/** Counts of times, seconds since 1970, in equal periods from the first to the last; empty where all are the same, or none is known. */
export function periodsOf(times: readonly (number | null)[], count: number): { from: number; count: number }[] {
  const known = times.filter((time) => time !== null)
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const time of known) {
    first = Math.min(first, time)
    last = Math.max(last, time)
  }
  if (!(first < last)) return []
  const width = (last - first) / count
  const periods = Array.from({ length: count }, (_, at) => ({ from: first + at * width, count: 0 }))
  for (const time of known) periods[Math.min(count - 1, Math.floor((time - first) / width))].count++
  return periods
}
