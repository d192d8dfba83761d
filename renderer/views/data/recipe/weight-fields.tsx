import { NumberInput, Slider } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../locales/format'
import type { LineFieldsProps } from './line-fields'
import styles from './recipe.module.css'

const highest = 10

/** A slider and a number for what each event is worth. */
export function WeightFields({ dataset, line, onChange }: LineFieldsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const weights = line.fields.weights as Record<string, number | string>
  const change = (event: string, weight: number | string) =>
    onChange({ weights: { ...weights, [event]: weight } }, `weights ${event}`)
  return (
    <fieldset aria-label={t('recipe.fields.event-weights.weights')} className={styles.weights}>
      {dataset.profile.events.map(({ event, count }) => (
        <div key={event} className={styles.weight}>
          <span className={`${styles.event} clipped`} title={event}>
            {event}
          </span>
          <Slider
            thumbLabel={event}
            label={null}
            min={0}
            max={highest}
            step={0.5}
            value={Math.min(highest, Number(weights[event]) || 0)}
            onChange={(weight) => change(event, weight)}
          />
          <NumberInput
            aria-label={event}
            min={0}
            value={weights[event] ?? ''}
            onChange={(weight) => change(event, weight)}
          />
          <span className="number">{format.count(count)}</span>
        </div>
      ))}
    </fieldset>
  )
}
