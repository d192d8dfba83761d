import type { TFunction } from 'i18next'
import type { EngineClient } from '../../main/contract/calls'
import type { CleanStep } from '../../main/contract/clean'
import type { Filter } from '../../main/contract/filters'
import type { DatasetRecord, RunRecord, UserSummary, WorkspaceRecord } from '../../main/contract/records'
import type { SelectionRecord } from '../../main/contract/selections'
import type { StudyRecord } from '../../main/contract/tuning'
import type { ExportedChart } from '../charts/exported-chart'
import type { en } from '../locales/en'
import type { ExperimentDraft } from '../state/experiment'
import type { Workbench } from '../state/workbench'
import type { Deleted } from './deleted'
import type { History } from './history'

/** A command's texts stand under its id in the locales: `commands.of.<id>.title` and `.keywords`. */
export type CommandId = keyof typeof en.commands.of
export type GroupId = keyof typeof en.commands.groups

/** What the commands decide upon whether they can run, and on what. */
export interface CommandState {
  workbench: Workbench
  /** The dataset in force. */
  dataset: DatasetRecord | null
  /** The Train screen's form for that dataset. */
  experiment: ExperimentDraft | null
  deleted: Deleted
  history: History
  /** Other workspaces opened before; known once the palette has asked for them. */
  workspaces: readonly WorkspaceRecord[]
  /** Users of the dataset in force whose id contains what is searched for. */
  users: readonly UserSummary[]
}

/** A window over the screen; one at a time. */
export type Shown =
  | { kind: 'palette' | 'shortcuts' | 'notices' | 'files' | 'workspace' }
  | { kind: 'plan'; dataset: DatasetRecord }
  | { kind: 'experiment'; run: RunRecord }
  /** Of a chart, of one run, or of any run on the selection's data, for its users. */
  | { kind: 'export'; chart: ExportedChart }
  | { kind: 'export'; run: RunRecord }
  | { kind: 'export'; selection: SelectionRecord }
  | { kind: 'rename'; what: 'dataset'; record: DatasetRecord }
  | { kind: 'rename'; what: 'run'; record: RunRecord }
  | { kind: 'rename'; what: 'selection'; record: SelectionRecord }
  | { kind: 'rename'; what: 'study'; record: StudyRecord }
  | { kind: 'members'; selection: SelectionRecord }
  | { kind: 'nameSelection'; dataset: DatasetRecord; members: FilteredMembers | UserMembers | ItemMembers }

/** The users, or the items, that a recipe and filters leave. */
export interface FilteredMembers {
  clean: CleanStep[]
  filters: Filter[]
}

/** Users named one by one. */
export interface UserMembers {
  users: string[]
  /** What they may be called. */
  name?: string
  /** Once they have a name, Users shows these runs' lists for them. */
  runs?: string[]
}

/** Items named one by one, and what they may be called. */
export interface ItemMembers {
  items: string[]
  name: string
}

/** What a command may act upon. */
export interface CommandContext {
  engine: EngineClient
  state: CommandState
  show(window: Shown): void
  reconnect(): void
  toggleTheme(): void
}

/** A thing that a command can be applied to. */
export interface Target {
  id: string
  /** As the user knows it: a name of data, or a text already translated. */
  name: string
  /** What sets it apart from others of the same name. */
  note?: string
}

interface PlainCommand {
  id: CommandId
  /** Left out: always. */
  isAvailable?(state: CommandState): boolean
  targets?: undefined
  run(context: CommandContext): void | Promise<void>
}

/** A command on one of several things; available where there are any. */
export interface TargetedCommand {
  id: CommandId
  targets(state: CommandState, t: TFunction): Target[]
  run(context: CommandContext, target: Target): void | Promise<void>
}

/** One action of the workbench. */
export type Command = PlainCommand | TargetedCommand
