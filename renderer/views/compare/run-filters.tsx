import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RunGroup } from '../../state/comparison'
import { type RunFilter, stateFilters } from '../../state/leaderboard'
import { adjust, formatRoute, replaceRoute, useRoute } from '../../state/router'
import { useWorkbench } from '../../state/workbench'
import { knownTags } from '../../widgets/remarks'

/** What the address says where nothing is left out. */
export const noFilter = { find: '', model: '', tag: '', state: '' }

/** Which runs the address asks for. */
export function filterOf(query: URLSearchParams): RunFilter {
  return {
    text: query.get('find') ?? '',
    model: query.get('model') ?? '',
    tag: query.get('tag') ?? '',
    state: stateFilters.find((state) => state === query.get('state')) ?? 'current',
  }
}

/** Finds runs by text, model, tag and state; each choice is there where it would tell runs apart. */
export function RunFilters({ groups }: { groups: readonly RunGroup[] }) {
  const { t } = useTranslation()
  const { query } = useRoute()
  const filter = filterOf(query)
  const models = useWorkbench((state) => state.models)
  const all = groups.flatMap(({ runs, unfinished }) => [...runs, ...unfinished])
  const known = models.filter(({ id }) => all.some(({ model }) => model === id))
  const tags = knownTags(all)
  const hasOthers = groups.some(({ unfinished }) => unfinished.length > 0)
  const write = (text: string) =>
    // Letter by letter, so that going back leaves them together.
    replaceRoute(formatRoute('compare', { ...Object.fromEntries(query), find: text }))
  return (
    <>
      <TextInput
        type="search"
        aria-label={t('board.search')}
        placeholder={t('board.searchHint')}
        w={190}
        value={filter.text}
        onChange={(event) => write(event.currentTarget.value)}
      />
      {(known.length > 1 || filter.model !== '') && (
        <Select
          aria-label={t('board.model')}
          placeholder={t('board.allModels')}
          w={130}
          clearable
          data={known.map(({ id, name }) => ({ value: id, label: name }))}
          value={filter.model || null}
          onChange={(value) => adjust('compare', { model: value ?? '' })}
        />
      )}
      {(tags.length > 0 || filter.tag !== '') && (
        <Select
          aria-label={t('compare.tag')}
          placeholder={t('compare.allTags')}
          w={120}
          clearable
          data={tags}
          value={filter.tag || null}
          onChange={(value) => adjust('compare', { tag: value ?? '' })}
        />
      )}
      {(hasOthers || filter.state !== 'current') && (
        <Select
          aria-label={t('board.state')}
          w={160}
          data={stateFilters.map((state) => ({ value: state, label: t(`board.states.${state}`) }))}
          value={filter.state}
          onChange={(value) => adjust('compare', { state: value ?? '' })}
        />
      )}
    </>
  )
}
