import { Button, Group, Stack, Text, Title, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useAnswer, useEngine } from '../../state/engine'
import { openDraft } from '../../state/import'
import { readRecentFiles } from '../../state/recent-files'
import { openWorkspace } from '../../state/switch-workspace'
import { useWorkbench } from '../../state/workbench'
import { DataIcon, FileIcon, FolderIcon } from '../../widgets/icons'
import { Panel } from '../../widgets/panel'
import { OpenButton } from '../data/open-button'
import styles from './home.module.css'

/** What to do in a workspace without data: drop a file, open a recent one, or take the sample. */
export function Home() {
  return (
    <div className={styles.home}>
      <Stack gap="md" miw={0}>
        <OpenPanel />
        <SamplePanel />
      </Stack>
      <Stack gap="md" miw={0}>
        <RecentFiles />
        <RecentWorkspaces />
      </Stack>
    </div>
  )
}

function OpenPanel() {
  const { t } = useTranslation()
  return (
    <section className={styles.drop}>
      <DataIcon size={34} />
      <Title order={2} fz="lg">
        {t('home.title')}
      </Title>
      <Text size="sm" c="dimmed" maw={460}>
        {t('home.text')}
      </Text>
      <Group gap="sm" justify="center">
        <Text size="sm">{t('home.drop')}</Text>
        <Text size="sm" c="dimmed">
          {t('home.or')}
        </Text>
        <OpenButton />
      </Group>
    </section>
  )
}

function SamplePanel() {
  const { t } = useTranslation()
  const engine = useEngine()
  const sample = useAction(async () => {
    await engine.call('datasets.sample', {})
  })
  return (
    <Panel
      title={t('home.sampleTitle')}
      note={t('home.sampleText')}
      actions={
        <Button variant="default" loading={sample.busy} onClick={() => sample.run()}>
          {t('data.sample')}
        </Button>
      }
    />
  )
}

function RecentFiles() {
  const { t } = useTranslation()
  const [files] = useState(readRecentFiles)
  if (files.length === 0) return null
  return (
    <Panel title={t('home.recent')} flush>
      {files.map(({ path, file }) => (
        <UnstyledButton key={path} className={styles.recent} onClick={() => openDraft(path, file)}>
          <FileIcon />
          <Place name={file} path={path} />
        </UnstyledButton>
      ))}
    </Panel>
  )
}

function RecentWorkspaces() {
  const { t } = useTranslation()
  const engine = useEngine()
  const here = useWorkbench((state) => state.workspace?.path)
  const answer = useAnswer('workspace.recent', {})
  const open = useAction((path: string) => openWorkspace(engine, path))
  const others = answer.value?.filter(({ path }) => path !== here) ?? []
  if (others.length === 0) return null
  return (
    <Panel title={t('home.workspaces')} flush>
      {others.slice(0, 6).map(({ path, name }) => (
        <UnstyledButton key={path} className={styles.recent} onClick={() => open.run(path)}>
          <FolderIcon />
          <Place name={name} path={path} />
        </UnstyledButton>
      ))}
    </Panel>
  )
}

function Place({ name, path }: { name: string; path: string }) {
  return (
    <span className={styles.place}>
      <Text span size="sm" className="clipped">
        {name}
      </Text>
      <Text span size="xs" c="dimmed" className="clipped" title={path}>
        {path}
      </Text>
    </span>
  )
}
