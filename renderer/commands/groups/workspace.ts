import { openWorkspace } from '../../state/switch-workspace'
import type { Command } from '../command'

export const workspaceCommands: Command[] = [
  {
    id: 'switchWorkspace',
    targets: ({ workspaces, workbench }) =>
      workspaces
        .filter(({ path }) => path !== workbench.workspace?.path)
        .map(({ path, name }) => ({ id: path, name, note: path })),
    run: ({ engine }, { id }) => openWorkspace(engine, id),
  },
  { id: 'openWorkspace', run: ({ show }) => show({ kind: 'workspace' }) },
  { id: 'reconnect', run: ({ reconnect }) => reconnect() },
]
