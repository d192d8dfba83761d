import { Button, Group, Loader, SegmentedControl, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { show } from '../../../commands/state'
import { useFormat } from '../../../locales/format'
import { changeFilters, withFilter, withoutFilter } from '../../../state/filters'
import { useSelectionInForce } from '../../../state/selections'
import { CancelIcon } from '../../../widgets/icons'
import { ShareDone } from '../../../widgets/share-done'
import { AttributeFilter } from './attribute-filter'
import styles from './profile.module.css'
import { isFiltered, type View } from './view'

interface FilterBarProps {
  view: View
  /** The place of the screen that waits for an answer; null where all are there. */
  waiting: string | null
  onShares(shares: boolean): void
  children?: ReactNode
}

/** The filters in force, each with a way to be rid of it, and what can be done with what they leave. */
export function FilterBar({ view, waiting, onShares, children }: FilterBarProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { dataset, clean, filters, part, whole, shares } = view
  return (
    <section className={styles.filters} aria-label={t('profile.filters')}>
      {filters.length === 0 && (
        <Text size="sm" c="dimmed" className={styles.hint}>
          {t('profile.noFilters')}
        </Text>
      )}
      {filters.length > 0 && <Chips view={view} />}
      <AttributeFilter view={view} />
      <FilterBySelection view={view} />
      <span className={styles.space} />
      {children}
      {waiting && <Loader size="xs" aria-label={t('profile.busy')} />}
      {waiting && <ShareDone key={waiting} view={waiting} />}
      {filters.length > 0 && (
        <Group gap="sm" wrap="nowrap">
          <Text size="sm" role="status" className={styles.left}>
            {t('profile.left', {
              part: format.count(part.left.interactions),
              all: format.count(whole.left.interactions),
            })}
          </Text>
          <Button
            variant="light"
            onClick={() => show({ kind: 'nameSelection', dataset, members: { clean, filters: [...filters] } })}
          >
            {t('profile.nameSelection')}
          </Button>
          <Button variant="default" onClick={() => changeFilters(dataset, [])}>
            {t('profile.clear')}
          </Button>
        </Group>
      )}
      {isFiltered(view) && (
        <SegmentedControl
          aria-label={t('profile.scale')}
          data={[
            { value: 'counts', label: t('profile.counts') },
            { value: 'shares', label: t('profile.shares') },
          ]}
          value={shares ? 'shares' : 'counts'}
          onChange={(value) => onShares(value === 'shares')}
        />
      )}
    </section>
  )
}

function Chips({ view: { dataset, filters, textOf } }: { view: View }) {
  const { t } = useTranslation()
  return (
    <ul className={styles.chips}>
      {filters.map((filter) => {
        const text = textOf(filter)
        return (
          <li key={text}>
            <button
              type="button"
              className={styles.chip}
              title={t('profile.drop', { filter: text })}
              aria-label={t('profile.drop', { filter: text })}
              onClick={() => changeFilters(dataset, withoutFilter(filters, filter))}
            >
              <span className="clipped">{text}</span>
              <CancelIcon size={11} />
            </button>
          </li>
        )
      })}
    </ul>
  )
}

/** Narrows the profile down to the selection in force. */
function FilterBySelection({ view: { dataset, filters } }: { view: View }) {
  const { t } = useTranslation()
  const selection = useSelectionInForce()
  if (!selection) return null
  const filter = { by: 'selection', selectionId: selection.id } as const
  if (withoutFilter(filters, filter).length < filters.length) return null
  return (
    <Button variant="subtle" size="compact-xs" onClick={() => changeFilters(dataset, withFilter(filters, filter))}>
      {t('profile.onlySelection', { name: selection.name })}
    </Button>
  )
}
