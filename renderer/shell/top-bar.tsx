import { ActionIcon, Select, Text, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { bestDevice } from '../../main/contract/devices'
import { NoticesButton, PaletteButton } from '../commands/buttons'
import { chooseDataset } from '../commands/steps'
import { chooseLanguage, type Language, languages } from '../locales'
import { useFormat } from '../locales/format'
import { useSay } from '../locales/say'
import { toggleInspector, useInspectorOpened } from '../state/inspector'
import type { Screen } from '../state/router'
import { newestFirst, useWorkbench } from '../state/workbench'
import { InspectorIcon, MoonIcon, SunIcon } from '../widgets/icons'
import { SelectionChip } from './selection-chip'
import styles from './top-bar.module.css'
import { WorkspaceMenu } from './workspace-menu'

export function TopBar({ screen }: { screen: Screen }) {
  const { t } = useTranslation()
  const workspace = useWorkbench((state) => state.workspace)
  return (
    <div className={styles.bar}>
      <span className={styles.logo}>
        Top<b>N</b>
      </span>
      {workspace && <WorkspaceMenu workspace={workspace} />}
      <DatasetInForce />
      <SelectionChip />
      <span className={styles.space} />
      <PaletteButton />
      <Device />
      <Select
        aria-label={t('top.language')}
        w={96}
        flex="none"
        data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
        value={useTranslation().i18n.language}
        onChange={(language) => chooseLanguage(language as Language)}
      />
      <ThemeSwitch />
      <NoticesButton />
      {screen !== 'run' && <InspectorSwitch />}
    </div>
  )
}

function InspectorSwitch() {
  const { t } = useTranslation()
  const opened = useInspectorOpened()
  const label = opened ? t('inspector.hide') : t('inspector.show')
  return (
    <ActionIcon aria-label={label} title={label} aria-pressed={opened} onClick={toggleInspector}>
      <InspectorIcon />
    </ActionIcon>
  )
}

function DatasetInForce() {
  const { t } = useTranslation()
  const datasets = useWorkbench((state) => state.datasets)
  const inForce = useWorkbench((state) => state.datasetInForce)
  const dataset = inForce === null ? undefined : datasets.get(inForce)
  if (!dataset) return <Text className={styles.chip}>{t('top.noDataset')}</Text>
  return (
    <>
      <Select
        aria-label={t('top.datasetInForce')}
        w={200}
        data={newestFirst(datasets.values()).map(({ id, name }) => ({ value: id, label: name }))}
        value={dataset.id}
        onChange={(id) => id !== null && chooseDataset(id)}
      />
      <Text size="sm" c="dimmed" className={`${styles.chip} ${styles.secondary}`}>
        {t('top.interactions', { count: dataset.profile.interactions })}
      </Text>
    </>
  )
}

/** What networks train on; all devices and what is wrong with them on hovering. */
function Device() {
  const { t } = useTranslation()
  const format = useFormat()
  const say = useSay()
  const devices = useWorkbench((state) => state.devices)
  const best = bestDevice(devices)
  if (!best) return null
  const lines = devices.map(({ id, name, available, memoryBytes, detail }) => {
    const device = t(`devices.names.${id}`)
    if (!available) return t('devices.failed', { device, reason: say(detail) })
    return `${device} · ${name}${memoryBytes > 0 ? ` · ${format.bytes(memoryBytes)}` : ''} · ${say(detail)}`
  })
  return (
    <Tooltip
      label={[t('devices.networks', { device: t(`devices.names.${best.id}`) }), ...lines].join('\n')}
      w={320}
      multiline
      style={{ whiteSpace: 'pre-line' }}
    >
      <Text size="sm" className={styles.chip}>
        {t(`devices.names.${best.id}`)} {best.threads > 0 && `· ${t('top.threads', { count: best.threads })}`}
      </Text>
    </Tooltip>
  )
}

function ThemeSwitch() {
  const { t } = useTranslation()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const label = scheme === 'light' ? t('top.toDark') : t('top.toLight')
  return (
    <ActionIcon aria-label={label} title={label} onClick={() => setColorScheme(scheme === 'light' ? 'dark' : 'light')}>
      {scheme === 'light' ? <MoonIcon /> : <SunIcon />}
    </ActionIcon>
  )
}
