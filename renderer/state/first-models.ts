import type { ModelDescription } from '../../main/contract/parameters'

const families = 3

/** What a first experiment compares: the first model of each of the first families, quick ones all. */
export function firstModels(models: readonly ModelDescription[]): string[] {
  const first = new Map<string, string>()
  for (const { id, family } of models) if (!first.has(family)) first.set(family, id)
  return [...first.values()].slice(0, families)
}
