import { randomUUID } from 'node:crypto'
import type { CheckedInput } from '../contract/calls'
import { type Definitions, definedMetrics, type ProfileId, type Redefinition } from '../contract/profiles'
import { findProfile } from '../evaluation/profiles/registry'
import { type ComparisonOptions, requireComparable } from './comparison'
import type { Newest } from './newest'

/** Stored lists under the definitions of other libraries; nothing is trained or scored again. */
export function redefineHandlers({ runs, folders, runShortTask }: Omit<ComparisonOptions, 'store'>, newest: Newest) {
  async function redefine(input: CheckedInput<'comparison.redefine'>, signal: AbortSignal): Promise<Redefinition> {
    const records = input.runIds.map(runs.find)
    requireComparable(records)
    const [{ prepared, evaluation }] = records
    const task = {
      kind: 'redefine' as const,
      prepared: folders.prepared(prepared ?? ''),
      candidates: evaluation.candidates,
      profile: input.profile,
      runs: records.map((run) => ({
        runId: run.id,
        artifact: folders.artifact(run.id),
        cutoffs: run.evaluation.cutoffs,
      })),
    }
    return {
      profile: input.profile,
      definitions: definitionsOf(input.profile),
      usual: definitionsOf('topn'),
      runs: await runShortTask(task, { report() {}, signal }),
    }
  }

  return {
    'comparison.redefine': (input: CheckedInput<'comparison.redefine'>) =>
      newest.run(input.view ?? randomUUID(), (signal) => redefine(input, signal)),
  }
}

function definitionsOf(id: ProfileId): Definitions {
  const { definitions } = findProfile(id)
  return Object.fromEntries(definedMetrics.map((metric) => [metric, definitions[metric]?.id ?? null])) as Definitions
}
