import type { CheckedInput } from '../contract/calls'
import { TopnError } from '../contract/errors'
import type { RecipePreview } from '../contract/recipes'
import type { Store } from '../store'
import type { Handlers } from './service'

type RecipeCalls = Extract<keyof Handlers, `recipes.${string}`>

/** Previews of recipes; of each dataset the newest one counts. */
export function recipeHandlers(store: Store): Pick<Handlers, RecipeCalls> {
  const running = new Map<string, AbortController>()

  function stop(datasetId: string): void {
    running.get(datasetId)?.abort(new TopnError('CANCELLED', 'A newer change of the recipe is counted instead.'))
  }

  async function preview(input: CheckedInput<'recipes.preview'>): Promise<RecipePreview> {
    const { datasetId } = input
    const controller = new AbortController()
    stop(datasetId)
    running.set(datasetId, controller)
    try {
      return await store.previewRecipe({ ...input, signal: controller.signal })
    } finally {
      if (running.get(datasetId) === controller) running.delete(datasetId)
    }
  }

  return {
    'recipes.preview': preview,
    async 'recipes.stop'({ datasetId }) {
      stop(datasetId)
      await store.forgetRecipes(datasetId)
      return null
    },
  }
}
