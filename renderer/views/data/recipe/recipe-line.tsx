import { ActionIcon, Switch, Text } from '@mantine/core'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetRecord, PartCounts } from '../../../../main/contract/records'
import { useFormat } from '../../../locales/format'
import { changeLine, type Recipe, type RecipeLine, withoutLine } from '../../../state/recipe'
import { CancelIcon, GripIcon } from '../../../widgets/icons'
import { EffectCells } from './effect'
import { LineFields } from './line-fields'
import styles from './recipe.module.css'
import type { LineEffect } from './recipe-list'

interface RecipeLineProps {
  dataset: DatasetRecord
  recipe: Recipe
  line: RecipeLine
  effect: LineEffect | null
  all: PartCounts
  change(recipe: Recipe, field?: string | null): void
  isDragged: boolean
  onDrag(isDragged: boolean): void
  onDrop(): void
  onMove(by: -1 | 1): void
}

/** A step: its handle and switch, what it does, its fields, and its effect. */
export function RecipeLineView(props: RecipeLineProps) {
  const { dataset, recipe, line, effect, all, change } = props
  const { t } = useTranslation()
  const { isOver, handlers } = useDrop(props.onDrop)
  const name = t(`recipe.steps.${line.step}.name`)
  return (
    <li
      className={styles.line}
      data-off={!line.on || undefined}
      data-dragged={props.isDragged || undefined}
      data-over={isOver || undefined}
      aria-label={name}
      {...handlers}
    >
      <div className={styles.head}>
        <div className={styles.title}>
          <Handle name={name} {...props} />
          <Switch
            size="xs"
            checked={line.on}
            aria-label={t('recipe.on', { step: name })}
            onChange={({ currentTarget }) => change(changeLine(recipe, line.id, { on: currentTarget.checked }))}
          />
          <Meaning line={line} effect={effect} name={name} />
        </div>
        <EffectCells before={effect?.before ?? null} after={effect?.after ?? null} all={all} />
        <ActionIcon
          aria-label={t('recipe.remove', { step: name })}
          title={t('recipe.remove', { step: name })}
          onClick={() => change(withoutLine(recipe, line.id))}
        >
          <CancelIcon size={14} />
        </ActionIcon>
      </div>
      <LineFields
        dataset={dataset}
        line={line}
        onChange={(fields, field) => {
          const next = changeLine(recipe, line.id, { fields: { ...line.fields, ...fields } })
          change(next, field && `${line.id} ${field}`)
        }}
      />
    </li>
  )
}

/** Takes what is dropped on it, and tells whether something is held over it. */
function useDrop(onDrop: () => void) {
  const [isOver, setOver] = useState(false)
  const handlers = {
    onDragOver(event: DragEvent) {
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      event.preventDefault()
      setOver(false)
      onDrop()
    },
  }
  return { isOver, handlers }
}

function Meaning({ line, effect, name }: Pick<RecipeLineProps, 'line' | 'effect'> & { name: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div>
      <Text size="sm" fw={550}>
        {name}
      </Text>
      <Text
        size="xs"
        c="dimmed"
        title={effect ? t('recipe.seconds', { seconds: format.duration(effect.seconds) }) : undefined}
      >
        {t(`recipe.steps.${line.step}.meaning`)}
      </Text>
    </div>
  )
}

function Handle({ name, onDrag, onMove }: RecipeLineProps & { name: string }) {
  const { t } = useTranslation()
  return (
    <ActionIcon
      className={styles.handle}
      aria-label={t('recipe.move', { step: name })}
      title={t('recipe.moveHelp')}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', name)
        onDrag(true)
      }}
      onDragEnd={() => onDrag(false)}
      onKeyDown={(event) => {
        const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
        if (by === null) return
        event.preventDefault()
        onMove(by)
      }}
    >
      <GripIcon size={14} />
    </ActionIcon>
  )
}
