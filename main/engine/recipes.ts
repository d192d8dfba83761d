import type { Store } from '../store'
import { createNewest } from './newest'
import type { Handlers } from './service'

type RecipeCalls = Extract<keyof Handlers, `recipes.${string}`>

/** Previews of recipes; of each place that shows them the newest one counts. */
export function recipeHandlers(store: Store): Pick<Handlers, RecipeCalls> {
  const newest = createNewest('A newer change of the recipe is counted instead.')

  return {
    'recipes.preview': ({ view, ...input }) =>
      newest.run(view ?? input.datasetId, (signal) => store.previewRecipe({ ...input, signal })),
    async 'recipes.stop'({ datasetId, view }) {
      newest.stop(view ?? datasetId)
      await store.forgetRecipes(datasetId)
      return null
    },
  }
}
