import { Button, Group, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProjectionRecord } from '../../../main/contract/projection'
import type { SelectionRecord } from '../../../main/contract/selections'
import { selectPoints } from '../../commands/selection-steps'
import { show } from '../../commands/state'
import { useAction, useEngine } from '../../state/engine'
import { usePointGroup } from '../../state/maps'
import { formatRoute } from '../../state/router'
import { useSelectionInForce } from '../../state/selections'
import { Panel } from '../../widgets/panel'
import { Failure, Loading } from '../../widgets/states'
import { GroupFacts } from './group-facts'
import { SelectionMetrics } from './selection-metrics'

interface SelectionPanelProps {
  shown: ProjectionRecord
  selected: Uint32Array | null
  onSelect(points: Uint32Array | null): void
}

/** What the chosen points share; they become a selection here, and a selection becomes points. */
export function SelectionPanel({ shown, selected, onSelect }: SelectionPanelProps) {
  const { t } = useTranslation()
  const group = usePointGroup(shown.id, selected)
  const inForce = useSelectionInForce()
  const own = inForce?.of === shown.of && inForce.datasetId === shown.datasetId ? inForce : null
  return (
    <Panel
      title={t('map.selection.title')}
      note={selected && t('map.selection.count', { count: selected.length })}
      actions={
        selected && (
          <Button variant="default" size="compact-xs" onClick={() => onSelect(null)}>
            {t('map.selection.clear')}
          </Button>
        )
      }
    >
      {!selected && (
        <Text size="sm" c="dimmed">
          {t('map.selection.hint')}
        </Text>
      )}
      {selected && <Naming projectionId={shown.id} points={selected} />}
      {selected && group.state === 'failed' && <Failure error={group.error} />}
      {selected && group.state !== 'failed' && !group.value && <Loading />}
      {selected && group.value && <GroupFacts group={group.value} of={shown.of} />}
      {own && <InForce shown={shown} selection={own} onSelect={onSelect} />}
    </Panel>
  )
}

function Naming({ projectionId, points }: { projectionId: string; points: Uint32Array }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [name, setName] = useState('')
  const save = useAction(async () => {
    await selectPoints(engine, { projectionId, points, name: name.trim() })
    setName('')
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    if (name.trim() !== '') save.run()
  }
  return (
    <form onSubmit={submit}>
      <Group gap="sm" align="flex-end" mb="md">
        <TextInput
          label={t('map.selection.name')}
          maxLength={200}
          style={{ flex: '1 1 160px' }}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" disabled={name.trim() === ''} loading={save.busy}>
          {t('map.selection.save')}
        </Button>
      </Group>
    </form>
  )
}

/** What can be done with the selection in force, where it is of what the map shows. */
function InForce({
  shown,
  selection,
  onSelect,
}: Omit<SelectionPanelProps, 'selected'> & { selection: SelectionRecord }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const { name } = selection
  const choose = useAction(async () => {
    onSelect(await engine.call('projections.members', { projectionId: shown.id, selectionId: selection.id }))
  })
  return (
    <>
      <Group gap="xs" mt="md" mb="sm">
        <Button variant="default" size="compact-xs" loading={choose.busy} onClick={choose.run}>
          {t('map.selection.inForce', { name })}
        </Button>
        <Button variant="default" size="compact-xs" onClick={() => show({ kind: 'members', selection })}>
          {t('map.selection.members')}
        </Button>
        <Button variant="default" size="compact-xs" onClick={() => show({ kind: 'export', selection })}>
          {t('exports.open')}
        </Button>
        {selection.of === 'users' && (
          <Button
            component="a"
            variant="default"
            size="compact-xs"
            href={formatRoute('users', { run: shown.runId, first: 'yes' })}
          >
            {t('map.selection.lists')}
          </Button>
        )}
      </Group>
      <SelectionMetrics selection={selection} runId={shown.runId} />
    </>
  )
}
