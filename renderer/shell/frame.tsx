import { Alert, AppShell, Button, Group } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { type ComponentType, useLayoutEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Commands } from '../commands/commands'
import { useSay } from '../locales/say'
import { useLastScreen } from '../state/last-screen'
import { useMemory } from '../state/memory'
import { type Route, type Screen, useRoute } from '../state/router'
import { useWorkbench } from '../state/workbench'
import { CompareScreen } from '../views/compare/compare-screen'
import { DataScreen } from '../views/data/data-screen'
import { MapScreen } from '../views/map/map-screen'
import { RunScreen } from '../views/run/run-screen'
import { TrainScreen } from '../views/train/train-screen'
import { TuneScreen } from '../views/tune/tune-screen'
import { UsersScreen } from '../views/users/users-screen'
import { DropZone } from './drop-zone'
import styles from './frame.module.css'
import { Inspector } from './inspector'
import { JobTray } from './job-tray'
import { Navigation } from './navigation'
import { TopBar } from './top-bar'
import { Tour } from './tour'

const views: Record<Screen, ComponentType> = {
  data: DataScreen,
  train: TrainScreen,
  compare: CompareScreen,
  tune: TuneScreen,
  map: MapScreen,
  users: UsersScreen,
  run: RunScreen,
}

/** Navigation left, the bar above, the jobs below, and the screen of the address between them. */
export function Frame({ lost, onReconnect }: { lost: string | null; onReconnect: () => void }) {
  const { t } = useTranslation()
  const say = useSay()
  const route = useRoute()
  const { screen } = route
  const workspace = useWorkbench((state) => state.workspace?.path)
  const memory = useMemory()
  useLastScreen()
  useTopOfPage(route)
  useDocumentTitle(`${t(`navigation.${screen}`)} · TopN`)
  // A run's page says all that the inspector would.
  const inspecting = memory.inspectorOpened && screen !== 'run'
  const View = views[screen]
  return (
    <AppShell
      header={{ height: 44 }}
      navbar={{ width: memory.navigationOpened ? 168 : 52, breakpoint: 0 }}
      {...(inspecting && { aside: { width: memory.inspectorWidth, breakpoint: 0 } })}
      footer={{ height: memory.jobTrayOpened ? memory.jobTrayHeight : 28 }}
      transitionDuration={0}
      className={styles.shell}
    >
      <button type="button" className={styles.skip} onClick={() => document.getElementById('content')?.focus()}>
        {t('app.skip')}
      </button>
      <AppShell.Header className={styles.bar}>
        <TopBar screen={screen} />
      </AppShell.Header>
      <AppShell.Navbar className={styles.bar} aria-label={t('navigation.label')}>
        <Navigation screen={screen} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={styles.main}>
        {lost !== null && (
          <Alert color="red" variant="light" role="alert" mb="md">
            <Group justify="space-between">
              <span>{t('app.lost', { reason: say(lost) })}</span>
              <Button variant="default" onClick={onReconnect}>
                {t('app.reconnect')}
              </Button>
            </Group>
          </Alert>
        )}
        <Tour screen={screen} />
        <View key={workspace} />
      </AppShell.Main>
      {inspecting && (
        <AppShell.Aside className={styles.bar} aria-label={t('inspector.label')}>
          <Inspector />
        </AppShell.Aside>
      )}
      <AppShell.Footer className={styles.bar} aria-label={t('jobs.label')}>
        <JobTray />
      </AppShell.Footer>
      <DropZone />
      <Commands onReconnect={onReconnect} />
    </AppShell>
  )
}

/** Another screen, or another run's page, is looked at from its top. */
function useTopOfPage({ screen, query }: Route): void {
  const id = query.get('id')
  // What scrollTo answers, a promise in newer browsers, is no clean-up.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown decides
  useLayoutEffect(() => void window.scrollTo(0, 0), [screen, id])
}
