import { Button, Group, Menu, Text, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkspaceRecord } from '../../main/contract/records'
import { show } from '../commands/state'
import { useAction, useAnswer, useEngine } from '../state/engine'
import { cancelJobsAndOpen, countActive, openWorkspace, useWantedWorkspace } from '../state/switch-workspace'
import { useWorkbench } from '../state/workbench'
import { Dialog } from '../widgets/dialog'
import styles from './top-bar.module.css'

/** The workspace that is open, and the way to others. */
export function WorkspaceMenu({ workspace }: { workspace: WorkspaceRecord }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const [opened, setOpened] = useState(false)
  const recent = useAnswer('workspace.recent', opened ? {} : null)
  const others = recent.value?.filter(({ path }) => path !== workspace.path) ?? []
  const open = useAction((path: string) => openWorkspace(engine, path))
  return (
    <>
      <Menu opened={opened} onChange={setOpened} position="bottom-start" width={340}>
        <Menu.Target>
          <UnstyledButton
            className={styles.chip}
            title={workspace.path}
            aria-label={t('workspace.switch', { name: workspace.name })}
          >
            <b>{workspace.name}</b> <span aria-hidden="true">▾</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{others.length > 0 ? t('workspace.recent') : t('workspace.noRecent')}</Menu.Label>
          {others.map(({ path, name }) => (
            <Menu.Item key={path} onClick={() => open.run(path)}>
              <Text size="sm" className="clipped">
                {name}
              </Text>
              <Text size="xs" c="dimmed" className="clipped">
                {path}
              </Text>
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => show({ kind: 'workspace' })}>{t('workspace.open')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmSwitch />
    </>
  )
}

const stay = () => useWantedWorkspace.setState({ path: null })

/** Asks before the jobs of this workspace are cancelled. */
function ConfirmSwitch() {
  const { t } = useTranslation()
  const engine = useEngine()
  const path = useWantedWorkspace((state) => state.path)
  const active = useWorkbench(countActive)
  const leave = useAction(async (path: string) => {
    await cancelJobsAndOpen(engine, path)
    stay()
  })
  return (
    <Dialog opened={path !== null} onClose={stay} title={t('workspace.busyTitle')}>
      <Text size="sm">{t('workspace.busyText', { count: active })}</Text>
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={stay} data-autofocus>
          {t('workspace.busyStay')}
        </Button>
        <Button color="red.9" loading={leave.busy} onClick={() => path !== null && leave.run(path)}>
          {t('workspace.busySwitch')}
        </Button>
      </Group>
    </Dialog>
  )
}
