/** Number of colours in the palette; a run beyond it shares a colour and differs by its dashes. */
export const paletteSize = 8

/**
 * Gives each run the lowest place in the palette that no other run of its dataset holds. A run keeps its place until
 * it is deleted.
 */
export function assignColours(
  known: ReadonlyMap<string, number>,
  runs: Iterable<{ id: string; datasetId: string; createdAt: string }>,
): ReadonlyMap<string, number> {
  const places = new Map<string, number>()
  const takenOf = new Map<string, Set<number>>()
  const waiting: { id: string; datasetId: string; createdAt: string }[] = []
  for (const run of runs) {
    const taken = takenOf.get(run.datasetId) ?? new Set()
    takenOf.set(run.datasetId, taken)
    const place = known.get(run.id)
    if (place === undefined || taken.has(place)) waiting.push(run)
    else {
      places.set(run.id, place)
      taken.add(place)
    }
  }
  waiting.sort((a, b) => a.createdAt.localeCompare(b.createdAt))
  for (const run of waiting) {
    const taken = takenOf.get(run.datasetId) ?? new Set()
    let place = 0
    while (taken.has(place)) place++
    places.set(run.id, place)
    taken.add(place)
  }
  return places
}
