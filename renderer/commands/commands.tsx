import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { toPlainError } from '../../main/contract/errors'
import { useAction, useEngine } from '../state/engine'
import { openDraft } from '../state/import'
import { showError } from '../state/notify'
import { openFolder } from '../state/open-files'
import { ExportDrawer } from '../views/export/export-drawer'
import { PlanDialog } from '../views/plan/good-defaults'
import { ExperimentFileDialog } from '../views/run/experiment-file-dialog'
import { FileBrowser } from '../widgets/file-browser'
import type { CommandContext, CommandState } from './command'
import { useKeyboard } from './keyboard'
import { MembersDialog } from './members-dialog'
import { NameSelectionDialog } from './name-selection-dialog'
import { NoticesDialog } from './notices-dialog'
import { Palette } from './palette'
import { availableCommand, type Entry, runEntry } from './registry'
import { RenameDialog } from './rename-dialog'
import { ShortcutsDialog } from './shortcuts-dialog'
import { hide, readState, show, useShown } from './state'
import { WorkspaceDialog } from './workspace-dialog'

/** The palette, the keyboard, and the windows that commands open. */
export function Commands({ onReconnect }: { onReconnect: () => void }) {
  const run = useRun(onReconnect)
  const engine = useEngine()
  const folder = useAction((path: string) => openFolder(engine, path))
  useKeyboard((id) => {
    const state = readState()
    const command = availableCommand(id, state)
    if (command) void run({ command, target: null }, state)
  })
  const shown = useShown((state) => state.shown)
  const kind = shown?.kind
  return (
    <>
      <Palette opened={kind === 'palette'} onClose={hide} onRun={run} />
      <ShortcutsDialog opened={kind === 'shortcuts'} onClose={hide} />
      <NoticesDialog opened={kind === 'notices'} onClose={hide} />
      <WorkspaceDialog opened={kind === 'workspace'} onClose={hide} />
      <RenameDialog renamed={shown?.kind === 'rename' ? shown : null} onClose={hide} />
      <MembersDialog selection={shown?.kind === 'members' ? shown.selection : null} onClose={hide} />
      <NameSelectionDialog naming={shown?.kind === 'nameSelection' ? shown : null} onClose={hide} />
      {shown?.kind === 'plan' && <PlanDialog dataset={shown.dataset} opened onClose={hide} />}
      {shown?.kind === 'experiment' && <ExperimentFileDialog run={shown.run} opened onClose={hide} />}
      {shown?.kind === 'export' && <ExportDrawer of={shown} onClose={hide} />}
      <FileBrowser
        opened={kind === 'files'}
        onClose={hide}
        onPicked={(path) => {
          hide()
          openDraft(path)
        }}
        onFolder={(path) => {
          hide()
          folder.run(path)
        }}
      />
    </>
  )
}

/** Runs an entry; what fails is told and kept. */
function useRun(reconnect: () => void) {
  const engine = useEngine()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const toggleTheme = () => setColorScheme(scheme === 'light' ? 'dark' : 'light')
  return async (entry: Pick<Entry, 'command' | 'target'>, state: CommandState) => {
    const context: CommandContext = { engine, state, show, reconnect, toggleTheme }
    try {
      await runEntry(entry, context)
    } catch (error) {
      showError(toPlainError(error, true))
    }
  }
}
