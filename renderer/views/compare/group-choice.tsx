import { Alert, Checkbox, Group, Select, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../locales/format'
import type { RunGroup } from '../../state/comparison'
import { adjust } from '../../state/router'
import { useWorkbench } from '../../state/workbench'

interface GroupChoiceProps {
  groups: RunGroup[]
  /** Null where the dataset in force has none. */
  group: RunGroup | null
  onChoose(key: string): void
  /** All groups are shown, each by itself. */
  isTogether?: boolean
}

/** On which data and split the runs below were judged, and the choice of another where there are several. */
export function GroupChoice({ groups, group, onChoose, isTogether = false }: GroupChoiceProps) {
  const { t } = useTranslation()
  const nameOf = useGroupName()
  return (
    <Stack gap="xs">
      <Group gap="md" align="flex-end">
        <Select
          label={t('compare.group')}
          flex="0 1 640px"
          data={groups.map((each) => ({ value: each.key, label: nameOf(each) }))}
          value={group?.key ?? null}
          placeholder={t('compare.otherGroups')}
          onChange={(key) => key !== null && onChoose(key)}
        />
        {group && groups.length > 1 && (
          <Checkbox
            mb={6}
            label={t('board.together')}
            checked={isTogether}
            onChange={(event) => adjust('compare', { groups: event.currentTarget.checked ? 'all' : '' })}
          />
        )}
      </Group>
      {isTogether && (
        <Alert color="yellow" variant="light" title={t('board.togetherTitle')}>
          {t('board.togetherText')}
        </Alert>
      )}
      {group && <Judged group={group} others={groups.length - 1} />}
    </Stack>
  )
}

/** A group by its data, its split and how it was judged. */
export function useGroupName(): (group: RunGroup) => string {
  const { t } = useTranslation()
  const datasets = useWorkbench((state) => state.datasets)
  return ({ datasetId, prepared, candidates, runs }) => {
    const name = t('compare.groupLabel', {
      dataset: datasets.get(datasetId)?.name ?? t('compare.deletedDataset'),
      split: t(`split.${runs[0].split?.strategy ?? 'default'}`),
      runs: t('compare.runs', { count: runs.length }),
      hash: prepared.slice(0, 8),
    })
    return candidates === 'all' ? name : `${name} · ${t(`compare.groupCandidates.${kindOf(candidates)}`)}`
  }
}

function kindOf(candidates: Exclude<RunGroup['candidates'], 'all'>): 'sampled' | 'file' {
  return 'sampled' in candidates ? 'sampled' : 'file'
}

/** Who is judged, under which rules, and that other groups are another matter. */
function Judged({ group, others }: { group: RunGroup; others: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const test = group.runs[0].counts?.test
  const judged = group.runs[0].judgedUsers ?? null
  const candidates = group.candidates === 'all' ? {} : group.candidates
  const sentences = [
    test && t('compare.users', { users: format.count(test.users), interactions: format.count(test.interactions) }),
    'file' in candidates && t('compare.fileNote'),
    test && judged !== null && judged < test.users && t('compare.judgedNote', { users: format.count(judged) }),
    !group.excludeSeen && t('compare.knownNote'),
    others > 0 && t('compare.groupsNote', { count: others }),
  ]
  return (
    <>
      <Text size="sm" c="dimmed">
        {sentences.filter(Boolean).join(' ')}
      </Text>
      {'sampled' in candidates && (
        <Alert color="yellow" variant="light" title={t('compare.sampled')}>
          {t('compare.sampledNote', { count: candidates.sampled })}
        </Alert>
      )}
    </>
  )
}
