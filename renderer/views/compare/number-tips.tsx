import { Text } from '@mantine/core'
import {
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useId,
  useReducer,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { metricScopes } from '../../../main/contract/experiment'
import { useFormat } from '../../locales/format'
import type { MetricColumn } from '../../state/board-columns'
import { metricKey } from '../../state/comparison'
import type { RunRow } from '../../state/leaderboard'
import styles from './number-tips.module.css'

interface NumberTipsProps {
  /** What an element with `data-tip` stands for; null for one that is gone. */
  tipOf(name: string): Tip | null
  children: ReactNode
}

export interface Tip {
  row: RunRow
  column: MetricColumn
}

/** How long a pointer rests on a number before it is explained, and how long it may be away, in milliseconds. */
const [openDelay, closeDelay] = [350, 150]

/** Explains the numbers within: by pointer after a moment, by keyboard at once, until Escape. */
export function NumberTips({ tipOf, children }: NumberTipsProps) {
  const id = useId()
  const [pointed, setPointed] = useState<HTMLElement | null>(null)
  const [shown, setShown] = useState<HTMLElement | null>(null)
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const timer = setTimeout(() => setShown(pointed), pointed ? openDelay : closeDelay)
    return () => clearTimeout(timer)
  }, [pointed])
  useEffect(() => {
    if (!shown) return
    // What is scrolled away is no longer pointed at; what has the focus takes its explanation along.
    const follow = () => (shown.matches(':focus-visible') ? redraw() : setShown(null))
    shown.setAttribute('aria-describedby', id)
    addEventListener('scroll', follow, true)
    return () => {
      shown.removeAttribute('aria-describedby')
      removeEventListener('scroll', follow, true)
    }
  }, [shown, id])
  const tip = shown?.isConnected ? tipOf(shown.dataset.tip ?? '') : null

  function focus(event: FocusEvent<HTMLElement>) {
    if (!event.target.matches(':focus-visible')) return
    const named = namedBy(event.target)
    setPointed(named)
    setShown(named)
  }
  function pressKey(event: KeyboardEvent) {
    if (event.key !== 'Escape' || !shown) return
    event.stopPropagation()
    setPointed(null)
    setShown(null)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears what its numbers are asked
    <div
      onPointerOver={(event: PointerEvent<HTMLElement>) => setPointed(namedBy(event.target))}
      onPointerLeave={() => setPointed(null)}
      onFocus={focus}
      onBlur={() => setPointed(null)}
      onKeyDown={pressKey}
    >
      {children}
      {shown && tip && (
        <div
          id={id}
          role="tooltip"
          className={styles.tip}
          style={placeOf(shown)}
          onPointerOver={(event) => {
            event.stopPropagation()
            setPointed(shown)
          }}
        >
          <Explanation {...tip} />
        </div>
      )}
    </div>
  )
}

function namedBy(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null
}

/** In pixels. */
const [tipWidth, tipHeight, margin] = [320, 180, 6]

/** Below the element, or above it where there is no room. */
function placeOf(element: HTMLElement) {
  const { left, right, top, bottom } = element.getBoundingClientRect()
  const start = Math.max(margin, Math.min(right - tipWidth, innerWidth - tipWidth - margin, left))
  const isBelow = bottom + tipHeight < innerHeight
  return {
    width: tipWidth,
    left: start,
    ...(isBelow ? { top: bottom + margin } : { bottom: innerHeight - top + margin }),
  }
}

/** A number, its formula, and of how many it is the number. */
function Explanation({ row: { run, series }, column: { metric, cutoff, key } }: Tip) {
  const { t } = useTranslation()
  const format = useFormat()
  const { candidates } = run.evaluation
  const scope = metricScopes[metric]
  const deviation = series?.deviations[key]
  const users = run.judgedUsers ?? run.counts?.test.users
  const count = scope === 'rating' ? run.counts?.test.interactions : users
  const judged = candidates === 'all' ? 'all' : 'sampled' in candidates ? 'sampled' : 'file'
  return (
    <>
      <Text size="sm" fw={600}>
        {t('board.tip.value', {
          metric: metricKey(t(`metrics.${metric}.name`), cutoff),
          value: format.value(run.metrics[key]),
        })}
      </Text>
      {series && (
        <Text size="xs">
          {t(`board.tip.${series.kind}`, { count: series.trained, all: series.runs.length })}
          {deviation !== undefined && ` ${t('board.tip.deviation', { deviation: format.value(deviation) })}`}
        </Text>
      )}
      <Text size="xs">{t(`metrics.${metric}.formula`)}</Text>
      <Text size="xs" c="dimmed">
        {t(`metrics.${metric}.meaning`)}
      </Text>
      {count !== undefined && <Text size="xs">{t(`board.tip.${scope}`, { count })}</Text>}
      {scope !== 'rating' && (
        <Text size="xs" c={judged === 'sampled' ? 'var(--topn-warn)' : 'dimmed'}>
          {t(`board.tip.${judged}`, {
            count: candidates !== 'all' && 'sampled' in candidates ? candidates.sampled : 0,
          })}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {t('board.tip.definition')}
      </Text>
    </>
  )
}
