import type { TFunction } from 'i18next'
import type { Command, CommandContext, CommandId, CommandState, GroupId, Target } from './command'
import { dataCommands } from './groups/data'
import { runCommands } from './groups/runs'
import { screenCommands } from './groups/screens'
import { selectionCommands } from './groups/selections'
import { studyCommands } from './groups/studies'
import { trainingCommands } from './groups/training'
import { userCommands } from './groups/users'
import { windowCommands } from './groups/window'
import { workspaceCommands } from './groups/workspace'

/** Every action of the workbench. A new one is one line in its group, and its texts. */
export const groups: Record<GroupId, readonly Command[]> = {
  screens: screenCommands,
  data: dataCommands,
  training: trainingCommands,
  runs: runCommands,
  studies: studyCommands,
  selections: selectionCommands,
  users: userCommands,
  workspace: workspaceCommands,
  window: windowCommands,
}

export const groupIds = Object.keys(groups) as GroupId[]

/** A line of the palette: a command, or a command on one thing. */
export interface Entry {
  id: string
  group: GroupId
  command: Command
  target: Target | null
}

const commands = new Map(groupIds.flatMap((group) => groups[group]).map((command) => [command.id, command]))

export function isCommandId(id: string): id is CommandId {
  return commands.has(id as CommandId)
}

/** A command that needs no thing, where it can be run now. */
export function availableCommand(id: CommandId, state: CommandState): Command | null {
  const command = commands.get(id)
  if (!command || command.targets) return null
  return (command.isAvailable?.(state) ?? true) ? command : null
}

/** Everything that can be done now: commands that need a thing once, without it, and once for each thing. */
export function entriesOf(state: CommandState, t: TFunction): Entry[] {
  return groupIds.flatMap((group) => groups[group].flatMap((command) => entriesOfCommand(command, group, state, t)))
}

function entriesOfCommand(command: Command, group: GroupId, state: CommandState, t: TFunction): Entry[] {
  const { id } = command
  if (!command.targets) {
    const isAvailable = command.isAvailable?.(state) ?? true
    return isAvailable ? [{ id, group, command, target: null }] : []
  }
  const targets = command.targets(state, t)
  if (targets.length === 0) return []
  return [
    { id, group, command, target: null },
    ...targets.map((target) => ({ id: `${id} ${target.id}`, group, command, target })),
  ]
}

/** Whether the line asks for a thing first. */
export function needsTarget({ command, target }: Entry): boolean {
  return command.targets !== undefined && target === null
}

export function titleOf({ command, target }: Entry, t: TFunction): string {
  const title = t(`commands.of.${command.id}.title`)
  return target ? `${title} › ${target.name}` : title
}

export async function runEntry(
  { command, target }: Pick<Entry, 'command' | 'target'>,
  context: CommandContext,
): Promise<void> {
  if (!command.targets) await command.run(context)
  else if (target) await command.run(context, target)
}
