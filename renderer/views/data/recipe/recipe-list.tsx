import { Text, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord, PartCounts } from '../../../../main/contract/records'
import { useFormat } from '../../../locales/format'
import { lineProblem, moveLine, type Recipe } from '../../../state/recipe'
import { EffectCells } from './effect'
import styles from './recipe.module.css'
import { RecipeLineView } from './recipe-line'
import type { Effects } from './use-effects'

export interface RecipeListProps {
  dataset: DatasetRecord
  recipe: Recipe
  effects: Effects
  /** `field` names what is being typed into, so that it is undone as one step. */
  change(recipe: Recipe, field?: string | null): void
}

/** All that was read, then each step with what it leaves. Steps are moved by dragging or by the arrow keys. */
export function RecipeList({ dataset, recipe, effects, change }: RecipeListProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [dragged, drag] = useState<number | null>(null)
  const [told, tell] = useState('')
  const { preview } = effects
  const all = preview?.before ?? dataset.profile
  const counts = countsOf(recipe, dataset, effects)

  function move(id: number, place: number) {
    const moved = moveLine(recipe, id, place)
    const at = moved.findIndex((line) => line.id === id)
    if (at === recipe.findIndex((line) => line.id === id)) return
    change(moved)
    const step = t(`recipe.steps.${moved[at].step}.name`)
    tell(t('recipe.moved', { step, place: format.count(at + 1), count: recipe.length }))
  }

  return (
    <div className={styles.recipe} aria-busy={effects.state === 'counting'}>
      <div className={styles.line}>
        <div className={styles.head}>
          <Text size="sm" fw={550} className={styles.start}>
            {t('recipe.all')}
          </Text>
          <EffectCells before={all} after={all} all={all} />
        </div>
      </div>
      <ol className={styles.list} aria-label={t('recipe.list')}>
        {recipe.map((line, place) => (
          <RecipeLineView
            key={line.id}
            dataset={dataset}
            recipe={recipe}
            line={line}
            effect={counts[place]}
            all={all}
            change={change}
            isDragged={dragged === line.id}
            onDrag={(isDragged) => drag(isDragged ? line.id : null)}
            onDrop={() => dragged !== null && move(dragged, place)}
            onMove={(by) => move(line.id, place + by)}
          />
        ))}
      </ol>
      {recipe.length === 0 && (
        <Text size="sm" c="dimmed" className={styles.empty}>
          {t('recipe.empty')}
        </Text>
      )}
      <VisuallyHidden role="status">{told}</VisuallyHidden>
    </div>
  )
}

export interface LineEffect {
  before: PartCounts
  after: PartCounts
  seconds: number
}

/** What each line does; null for those that are switched off or not counted yet. */
function countsOf(recipe: Recipe, dataset: DatasetRecord, { preview }: Effects): (LineEffect | null)[] {
  let counted = 0
  return recipe.map((line) => {
    if (!line.on || lineProblem(line, dataset) || !preview) return null
    const effect = preview.steps[counted]
    if (effect?.step.step !== line.step) return null
    const before = preview.steps[counted - 1]?.after ?? preview.before
    counted += 1
    return { before, after: effect.after, seconds: effect.seconds }
  })
}
