import { createCompute } from '../../compute/create'
import type { Trained } from '../../models/form'
import type { Model } from '../../models/model'
import type { ProofCase, Reading, Rescorer } from '../formats/format'
import { scoreCases } from './cases'
import { scoreHistory, scoreUser } from './plain-scores'

/** Scores by arrays that were read back: in plain loops where the model says how, else by the model itself. */
export function rescorerOf({ model, prepared }: Reading, trained: Trained, reader: string): Rescorer {
  const form = model.form?.(trained) ?? null
  if (!form) {
    return {
      by: `${reader}, and the model`,
      score: (cases) => scoreByModel(model, trained, { train: prepared.train, cases }),
    }
  }
  return {
    by: `${reader}, and plain arithmetic`,
    async score(cases) {
      return cases.map(({ user, history }) => {
        if (user !== null && form.users) return scoreUser(form.users, user, history)
        return form.histories ? scoreHistory(form.histories, history) : null
      })
    },
  }
}

async function scoreByModel(
  model: Model,
  trained: Trained,
  given: { train: Reading['prepared']['train']; cases: readonly ProofCase[] },
): Promise<Float32Array[]> {
  const compute = await createCompute({ threads: 1 })
  try {
    return await scoreCases(model, { ...trained, compute }, given.train, given.cases)
  } finally {
    await compute.close()
  }
}
