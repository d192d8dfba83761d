import { Input, Slider } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SplitPicture } from '../../../../main/contract/split-preview'
import { useFormat } from '../../../locales/format'
import styles from './split-room.module.css'

interface CutSliderProps {
  timeline: NonNullable<SplitPicture['timeline']>
  /** Seconds since 1970. */
  at: number
  onMove(at: number): void
}

const steps = 500

/** The point in time at which the test part begins, moved by mouse or arrow keys. */
export function CutSlider({ timeline: { from, to }, at, onMove }: CutSliderProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [moving, setMoving] = useState(at)
  useEffect(() => setMoving(at), [at])
  const step = Math.max(1, Math.round((to - from) / steps))
  return (
    <Input.Wrapper label={t('split.moveCut')} size="xs" className={styles.cut}>
      <Slider
        thumbLabel={t('split.moveCut')}
        min={Math.ceil(from + 1)}
        max={Math.floor(to)}
        step={step}
        value={moving}
        label={format.date(moving)}
        thumbProps={{ 'aria-valuetext': format.date(moving) }}
        onChange={setMoving}
        onChangeEnd={(value) => onMove(Math.round(value))}
      />
    </Input.Wrapper>
  )
}
