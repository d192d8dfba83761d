import type { Store } from '../store'
import { createNewest } from './newest'
import type { Handlers } from './service'

type RecipeCalls = Extract<keyof Handlers, `recipes.${string}`>

/** Previews of recipes; of each dataset the newest one counts. */
export function recipeHandlers(store: Store): Pick<Handlers, RecipeCalls> {
  const newest = createNewest('A newer change of the recipe is counted instead.')

  return {
    'recipes.preview': (input) => newest.run(input.datasetId, (signal) => store.previewRecipe({ ...input, signal })),
    async 'recipes.stop'({ datasetId }) {
      newest.stop(datasetId)
      await store.forgetRecipes(datasetId)
      return null
    },
  }
}
