import type * as v from 'valibot'
import { type ComparisonOutputs, comparisonCalls } from './calls/comparison'
import { type DataOutputs, dataCalls } from './calls/data'
import { type ExportsOutputs, exportsCalls } from './calls/exports'
import { type ListsOutputs, listsCalls } from './calls/lists'
import { type ProjectionsOutputs, projectionsCalls } from './calls/projections'
import { type RunsOutputs, runsCalls } from './calls/runs'
import { type SandboxOutputs, sandboxCalls } from './calls/sandbox'
import { type SelectionsOutputs, selectionsCalls } from './calls/selections'
import { type StudiesOutputs, studiesCalls } from './calls/studies'
import { type WorkspaceOutputs, workspaceCalls } from './calls/workspace'
import type { Event } from './events'

export type { Event, EventName, Events } from './events'

/** Both ends say it in `workspace.hello`; different versions refuse each other. */
export const contractVersion = 1

/** A message larger than this closes the link. */
export const maximumFrameBytes = 16 * 1024 * 1024

/** The input that each call takes; the engine checks it before anything else. */
export const callSchemas = {
  ...workspaceCalls,
  ...dataCalls,
  ...selectionsCalls,
  ...runsCalls,
  ...studiesCalls,
  ...comparisonCalls,
  ...listsCalls,
  ...sandboxCalls,
  ...projectionsCalls,
  ...exportsCalls,
} as const

export type CallName = keyof typeof callSchemas
export type CallInput<N extends CallName> = v.InferInput<(typeof callSchemas)[N]>
/** The input after the schema has filled in its defaults. */
export type CheckedInput<N extends CallName> = v.InferOutput<(typeof callSchemas)[N]>

/** What each call answers. Calls that take long answer with the job that does the work. */
export interface CallOutputs
  extends WorkspaceOutputs,
    DataOutputs,
    SelectionsOutputs,
    RunsOutputs,
    StudiesOutputs,
    ComparisonOutputs,
    ListsOutputs,
    SandboxOutputs,
    ProjectionsOutputs,
    ExportsOutputs {}

export type Calls = { [N in CallName]: (input: CallInput<N>) => Promise<CallOutputs[N]> }

/** The engine as any door or screen sees it, over whichever link. */
export interface EngineClient {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutputs[N]>
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: Event) => void): () => void
  /** Settles when the link is gone, with the reason. */
  readonly closed: Promise<string>
  close(): void
}

/** What the engine gives a link to serve. `call` has checked nothing yet: name and input come from outside. */
export interface EngineService {
  call(name: string, input: unknown): Promise<unknown>
  subscribe(listener: (event: Event) => void): () => void
}
