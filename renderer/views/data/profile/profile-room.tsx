import { Button, Group, SegmentedControl } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CleanStep } from '../../../../main/contract/clean'
import type { Exploration } from '../../../../main/contract/exploration'
import type { Filter } from '../../../../main/contract/filters'
import type { DatasetRecord } from '../../../../main/contract/records'
import { useExperiment } from '../../../state/draft'
import { useAnswer } from '../../../state/engine'
import { changeFilters, showCleaned, useFilters, useIsCleaned } from '../../../state/filters'
import { stepsOf } from '../../../state/recipe'
import { formatRoute } from '../../../state/router'
import { newUuid } from '../../../state/uuid'
import { Panel } from '../../../widgets/panel'
import { Failure, Loading } from '../../../widgets/states'
import { GoodDefaults } from '../../plan/good-defaults'
import { DatasetRemarks } from '../dataset-remarks'
import { Charts } from './charts'
import { FilterBar } from './filter-bar'
import { useFilterText } from './filter-text'
import { Numbers } from './numbers'
import styles from './profile.module.css'
import { SaveReport } from './save-report'
import { Source } from './source'
import type { View } from './view'

/** What the data holds, in numbers and charts that narrow one another down. */
export function ProfileRoom({ dataset }: { dataset: DatasetRecord }) {
  const { t } = useTranslation()
  const filters = useFilters(dataset.id)
  const recipe = stepsOf(useExperiment(dataset).draft.clean, dataset)
  const cleaned = useIsCleaned(dataset.id)
  const clean = cleaned ? recipe : []
  const { whole, part, busy, error, retry } = useExplorations(dataset.id, clean, filters)
  const [shares, setShares] = useState(false)
  const textOf = useFilterText()
  const view: View | null = whole && part && { dataset, clean, filters, whole, part, shares, textOf }

  function freeOnEscape(event: KeyboardEvent) {
    // Not for a menu that it closes, nor for a dialog that only React counts to the room.
    const { target, currentTarget } = event
    const isOwn = target instanceof Element && currentTarget.contains(target) && !target.closest('[role="menu"], input')
    if (event.key === 'Escape' && isOwn && filters.length > 0) changeFilters(dataset, [])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a key for whatever within has the focus
    <div className={styles.room} onKeyDown={freeOnEscape}>
      <Panel
        title={t('data.profile.title', { name: dataset.name })}
        note={<Source dataset={dataset} />}
        actions={
          <Group gap="sm" wrap="nowrap">
            <SaveReport dataset={dataset} clean={clean} filters={filters} />
            <GoodDefaults dataset={dataset} />
            <Button component="a" href={formatRoute('train')}>
              {t('data.next')}
            </Button>
          </Group>
        }
      >
        {view && <Numbers view={view} />}
      </Panel>
      {error && <Failure error={error} onRetry={retry} />}
      {!error && !view && <Loading text={t('profile.busy')} view={views.whole} />}
      {view && (
        <FilterBar view={view} waiting={busy} onShares={setShares}>
          {recipe.length > 0 && (
            <SegmentedControl
              aria-label={t('profile.state')}
              data={[
                { value: 'read', label: t('profile.asRead') },
                { value: 'cleaned', label: t('profile.cleaned') },
              ]}
              value={cleaned ? 'cleaned' : 'read'}
              onChange={(value) => showCleaned(dataset.id, value === 'cleaned')}
            />
          )}
        </FilterBar>
      )}
      {view && <Charts view={view} />}
      <Panel title={t('remarks.title')}>
        <DatasetRemarks dataset={dataset} />
      </Panel>
    </div>
  )
}

/** Of this window alone: another one's newer requests do not end those of this one. */
const views = { whole: newUuid(), part: newUuid() }

/** What there is without filters, and what they leave. */
function useExplorations(datasetId: string, clean: CleanStep[], filters: readonly Filter[]) {
  const all = useAnswer('datasets.explore', { datasetId, clean, view: views.whole })
  const isNarrowed = filters.length > 0
  const left = useAnswer(
    'datasets.explore',
    isNarrowed ? { datasetId, clean, filters: [...filters], view: views.part } : null,
  )
  const whole: Exploration | null = all.value
  return {
    whole,
    // Until the answer is there, charts stay as they are.
    part: isNarrowed ? (left.value ?? whole) : whole,
    /** The place that waits for an answer. */
    busy: all.state === 'loading' ? views.whole : left.state === 'loading' ? views.part : null,
    error: all.state === 'failed' ? all.error : left.state === 'failed' ? left.error : null,
    retry: all.state === 'failed' ? all.retry : left.retry,
  }
}
