import { chooseLanguage, type Language, languages } from '../../locales'
import { toggleJobTray } from '../../shell/job-tray'
import { toggleNavigation } from '../../shell/navigation'
import { toggleInspector } from '../../state/inspector'
import { navigate } from '../../state/router'
import { startTour } from '../../state/tour'
import type { Command } from '../command'
import { redo, undo } from '../undo'

export const windowCommands: Command[] = [
  { id: 'undo', isAvailable: ({ history }) => history.done.length > 0, run: ({ engine }) => undo(engine) },
  { id: 'redo', isAvailable: ({ history }) => history.undone.length > 0, run: ({ engine }) => redo(engine) },
  { id: 'switchTheme', run: ({ toggleTheme }) => toggleTheme() },
  {
    id: 'switchLanguage',
    targets: () => Object.entries(languages).map(([id, name]) => ({ id, name })),
    run: (_, { id }) => chooseLanguage(id as Language),
  },
  { id: 'toggleInspector', run: toggleInspector },
  { id: 'toggleNavigation', run: toggleNavigation },
  { id: 'toggleJobs', run: toggleJobTray },
  { id: 'startTour', run: beginTour },
  { id: 'showNotices', run: ({ show }) => show({ kind: 'notices' }) },
  { id: 'showShortcuts', run: ({ show }) => show({ kind: 'shortcuts' }) },
  { id: 'openPalette', run: ({ show }) => show({ kind: 'palette' }) },
]

function beginTour(): void {
  navigate('data')
  startTour()
  window.scrollTo(0, 0)
}
