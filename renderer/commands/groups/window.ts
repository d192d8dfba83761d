import { chooseLanguage, type Language, languages } from '../../locales'
import { toggleInspector } from '../../state/inspector'
import { toggleJobTray } from '../../state/job-tray'
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
  { id: 'toggleJobs', run: toggleJobTray },
  { id: 'showNotices', run: ({ show }) => show({ kind: 'notices' }) },
  { id: 'showShortcuts', run: ({ show }) => show({ kind: 'shortcuts' }) },
  { id: 'openPalette', run: ({ show }) => show({ kind: 'palette' }) },
]
