import { Autocomplete, Button, Group, Popover, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RunRecord } from '../../../main/contract/records'
import { pinRuns, tagRuns } from '../../commands/board-steps'
import { chooseRuns, useChosenRuns } from '../../state/chosen-runs'
import { useAction, useEngine } from '../../state/engine'
import { useMemory } from '../../state/memory'
import { knownTags } from '../../widgets/remarks'
import styles from './leaderboard.module.css'

const longestTag = 50

/** Says which runs the charts look at, and what can be done with those that are chosen. */
export function ChosenBar({ runs }: { runs: readonly RunRecord[] }) {
  const { t } = useTranslation()
  const ids = useChosenRuns((state) => state.ids)
  const pins = useMemory((memory) => memory.pins)
  const chosen = runs.filter(({ id }) => ids.has(id))
  const isPinned = chosen.every(({ id }) => pins.includes(id))
  return (
    <Group className={styles.bar} gap="sm">
      <Text size="xs" c="dimmed" role="status">
        {chosen.length === 0 ? t('board.noneChosen') : t('board.chosen', { count: chosen.length })}
      </Text>
      {chosen.length === 0 ? (
        <Button variant="subtle" size="compact-xs" onClick={() => chooseRuns(runs.map(({ id }) => id))}>
          {t('board.chooseAll')}
        </Button>
      ) : (
        <>
          <Button variant="subtle" size="compact-xs" onClick={() => chooseRuns([])}>
            {t('board.free')}
          </Button>
          <Button variant="default" size="compact-xs" onClick={() => pinRuns(chosen, !isPinned)}>
            {t(isPinned ? 'board.unpinChosen' : 'board.pinChosen')}
          </Button>
          <TagChosen chosen={chosen} known={knownTags(runs)} />
        </>
      )}
    </Group>
  )
}

function TagChosen({ chosen, known }: { chosen: readonly RunRecord[]; known: string[] }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [opened, { close, toggle }] = useDisclosure(false)
  const [tag, setTag] = useState('')
  const add = useAction(async () => {
    await tagRuns(engine, chosen, tag.trim())
    setTag('')
    close()
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    if (tag.trim() !== '') add.run()
  }
  return (
    <Popover opened={opened} onDismiss={close} position="top-start" trapFocus withinPortal={false}>
      <Popover.Target>
        <Button variant="default" size="compact-xs" onClick={toggle}>
          {t('board.tagChosen')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit}>
          <Group gap="sm" align="flex-end" wrap="nowrap">
            <Autocomplete
              size="xs"
              label={t('board.tag')}
              maxLength={longestTag}
              data={known}
              data-autofocus
              value={tag}
              onChange={setTag}
              comboboxProps={{ withinPortal: false }}
            />
            <Button type="submit" disabled={tag.trim() === ''} loading={add.busy}>
              {t('board.addTag')}
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
