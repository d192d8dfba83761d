import { useEffect, useRef, useState } from 'react'
import type { CleanStep } from '../../../../main/contract/clean'
import { type PlainError, toPlainError } from '../../../../main/contract/errors'
import type { RecipePreview } from '../../../../main/contract/recipes'
import { useEngine } from '../../../state/engine'
import { newUuid } from '../../../state/uuid'

/** What a recipe leaves, step by step, as far as it is counted. */
export interface Effects {
  state: 'counting' | 'ready' | 'stopped' | 'failed'
  preview: RecipePreview | null
  error: PlainError | null
}

const thisView = newUuid()

/** Milliseconds after the last change, so that typing does not count each digit. */
const delay = 250

/** Counts a recipe one step after the other whenever it changes; the store keeps what the changes leave as it was. */
export function useEffects(datasetId: string, clean: CleanStep[]) {
  const engine = useEngine()
  const [effects, setEffects] = useState<Effects>({ state: 'counting', preview: null, error: null })
  const [attempt, setAttempt] = useState(0)
  const cancel = useRef(() => {})
  const key = JSON.stringify(clean)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the recipe's text stands for it; an attempt counts again
  useEffect(() => {
    let wanted = true
    async function countAll() {
      for (let length = Math.min(1, clean.length); wanted; length++) {
        const isLast = length === clean.length
        const input = { datasetId, clean: clean.slice(0, length), contentHash: isLast, view: thisView }
        const preview = await engine.call('recipes.preview', input)
        if (wanted) setEffects({ state: isLast ? 'ready' : 'counting', preview, error: null })
        if (isLast) return
      }
    }
    setEffects(({ preview }) => ({ state: 'counting', preview, error: null }))
    const timer = setTimeout(() => {
      countAll().catch((error) => {
        if (wanted) setEffects(({ preview }) => ({ state: 'failed', preview, error: toPlainError(error, true) }))
      })
    }, delay)
    cancel.current = () => {
      wanted = false
      clearTimeout(timer)
    }
    return cancel.current
  }, [engine, datasetId, key, attempt])

  // What the store keeps for the next preview is of no use once the screen is left.
  useEffect(
    () => () => void engine.call('recipes.stop', { datasetId, view: thisView }).catch(() => {}),
    [engine, datasetId],
  )

  return {
    ...effects,
    retry: () => setAttempt((count) => count + 1),
    stop() {
      cancel.current()
      setEffects(({ preview }) => ({ state: 'stopped', preview, error: null }))
      engine.call('recipes.stop', { datasetId, view: thisView }).catch(() => {})
    },
  }
}
