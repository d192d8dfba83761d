import { UnstyledButton, useComputedColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PointValues } from '../../../main/contract/projection'
import { useFormat } from '../../locales/format'
import type { ColourKey } from '../../state/maps'
import { type Colour, categoryColour, greyOf, rampColour, scaleOf } from './look'
import styles from './map.module.css'
import type { Looks } from './use-looks'

interface LegendProps extends Pick<Looks, 'isLongTailed' | 'colour' | 'labels' | 'numbers'> {
  values: PointValues
  onSelect(points: Uint32Array): void
}

const css = (colour: Colour) => `rgb(${colour.join(' ')})`

/** What colours stand for; a category chooses its points. */
export function Legend({ values, ...looks }: LegendProps) {
  return values.kind === 'number' ? <Ramp {...looks} {...values} /> : <Categories {...looks} {...values} />
}

type OfKind<K extends PointValues['kind']> = Extract<PointValues, { kind: K }>

function Ramp({ values, isLongTailed, colour, numbers }: Omit<LegendProps, 'values'> & OfKind<'number'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const scheme = useComputedColorScheme('light')
  const { from, to } = scaleOf(values, isLongTailed)
  if (!(from <= to)) return <div className={styles.legend}>{t('map.unknown')}</div>
  const stops = Array.from({ length: 9 }, (_, at) => css(rampColour(at / 8, scheme)))
  return (
    <div className={styles.legend}>
      {format[numbers](from)}
      <span className={styles.ramp} style={{ background: `linear-gradient(90deg, ${stops.join(', ')})` }} />
      {format[numbers](to)}
      {values.some(Number.isNaN) && <Unknown text={t('map.unknown')} />}
      <Help colour={colour} />
    </div>
  )
}

function Categories({ names, codes, more, labels, onSelect }: Omit<LegendProps, 'values'> & OfKind<'category'>) {
  const { t } = useTranslation()
  const scheme = useComputedColorScheme('light')
  const pointsOf = (place: number) => Uint32Array.from(codes.keys()).filter((point) => codes[point] === place)
  return (
    <div className={styles.legend}>
      {names.map((name, place) => (
        <UnstyledButton
          key={name}
          aria-label={t('map.selectCategory', { name })}
          title={[name, labels[place]].filter(Boolean).join(' ')}
          onClick={() => onSelect(pointsOf(place))}
        >
          <i style={{ background: css(categoryColour(place, scheme)) }} />
          <bdi className="clipped">{name}</bdi>
          {labels[place] && (
            <small className="clipped">
              <bdi>{labels[place]}</bdi>
            </small>
          )}
        </UnstyledButton>
      ))}
      {codes.includes(names.length) && (
        <Unknown text={more > 0 ? t('map.others', { count: more }) : t('map.unknown')} />
      )}
    </div>
  )
}

/** What numbers are. */
function Help({ colour }: { colour: ColourKey }) {
  const { t } = useTranslation()
  const key = colour.startsWith('metric ') ? 'metric' : colour
  if (key !== 'popularity' && key !== 'rating' && key !== 'hits' && key !== 'error' && key !== 'metric') return null
  return <small>{t(`map.colourHelp.${key}`)}</small>
}

function Unknown({ text }: { text: string }) {
  const scheme = useComputedColorScheme('light')
  return (
    <span style={{ display: 'inline-flex', gap: 5, alignItems: 'center' }}>
      <i style={{ background: css(greyOf(scheme)) }} />
      {text}
    </span>
  )
}
