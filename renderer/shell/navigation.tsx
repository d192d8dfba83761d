import { ActionIcon } from '@mantine/core'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { remember, useMemory } from '../state/memory'
import { formatRoute, mainScreens, type Screen } from '../state/router'
import { useWorkbench, type Workbench } from '../state/workbench'
import { CompareIcon, DataIcon, MapIcon, SidebarIcon, TrainIcon, TuneIcon, UsersIcon } from '../widgets/icons'
import { isActive } from '../widgets/job-progress'
import styles from './navigation.module.css'

type MainScreen = (typeof mainScreens)[number]

const icons: Record<MainScreen, ComponentType> = {
  data: DataIcon,
  train: TrainIcon,
  compare: CompareIcon,
  tune: TuneIcon,
  map: MapIcon,
  users: UsersIcon,
}

/** How many things a screen has to show; nothing where there are none. */
const counts: Record<MainScreen, (state: Workbench) => number> = {
  data: ({ datasets }) => datasets.size,
  train: ({ runs }) => [...runs.values()].filter(isActive).length,
  compare: ({ runs }) => [...runs.values()].filter(({ state }) => state === 'done').length,
  tune: ({ studies }) => [...studies.values()].filter(({ state }) => state === 'running').length,
  map: ({ jobs }) => [...jobs.values()].filter((job) => job.kind === 'project' && isActive(job)).length,
  users: () => 0,
}

export function Navigation({ screen }: { screen: Screen }) {
  const opened = useMemory(({ navigationOpened }) => navigationOpened)
  return (
    <div className={opened ? styles.navigation : `${styles.navigation} ${styles.narrow}`}>
      <ul className={styles.list}>
        {mainScreens.map((name) => (
          <Entry key={name} name={name} current={name === screen} />
        ))}
      </ul>
      <Fold opened={opened} />
    </div>
  )
}

/** Leaves icons alone, or shows the names again. */
function Fold({ opened }: { opened: boolean }) {
  const { t } = useTranslation()
  const label = opened ? t('navigation.fold') : t('navigation.unfold')
  return (
    <ActionIcon
      className={styles.fold}
      aria-label={label}
      title={label}
      aria-pressed={!opened}
      onClick={toggleNavigation}
    >
      <SidebarIcon />
    </ActionIcon>
  )
}

export function toggleNavigation(): void {
  remember({ navigationOpened: !useMemory.getState().navigationOpened })
}

function Entry({ name, current }: { name: MainScreen; current: boolean }) {
  const { t } = useTranslation()
  const count = useWorkbench(counts[name])
  const Icon = icons[name]
  return (
    <li>
      <a
        href={formatRoute(name)}
        className={styles.link}
        aria-current={current ? 'page' : undefined}
        title={t(`navigation.${name}`)}
      >
        <Icon />
        <span className={styles.name}>{t(`navigation.${name}`)}</span>
        {count > 0 && (
          <span className={styles.count} aria-hidden="true">
            {count}
          </span>
        )}
      </a>
    </li>
  )
}
