import { create } from 'zustand'
import type { EngineClient } from '../../main/contract/calls'
import type { OwnInteraction } from '../../main/contract/sandbox'

export interface SandboxEntry extends OwnInteraction {
  item: string
  title: string | null
}

interface Sandbox {
  /** The run and user that it belongs to; null before the first one. */
  of: string | null
  /** The history that it began with. */
  start: readonly SandboxEntry[]
  own: readonly SandboxEntry[]
}

/** The history of What if: it outlasts the look at an item or at another screen. */
export const useSandbox = create<Sandbox>(() => ({ of: null, start: [], own: [] }))

interface Whose {
  runId: string
  user: string | null
}

const nameOf = ({ runId, user }: Whose) => JSON.stringify([runId, user])

/** Begins with what a run knows of a user, without one with nothing; only where `whose` is not in the sandbox already. */
export async function enterSandbox(engine: EngineClient, whose: Whose): Promise<void> {
  if (useSandbox.getState().of !== nameOf(whose)) await beginSandbox(engine, whose)
}

/** Begins anew with what the run knows of `from`; null: with nothing. */
export async function beginSandbox(engine: EngineClient, whose: Whose, from = whose.user): Promise<void> {
  const of = nameOf(whose)
  const before = useSandbox.getState().of
  useSandbox.setState(before === of ? { of } : { of, start: [], own: [] })
  try {
    const entries = from === null ? [] : await knownOf(engine, whose.runId, from)
    if (useSandbox.getState().of === of) useSandbox.setState({ start: entries, own: entries })
  } catch (error) {
    if (useSandbox.getState().of === of) useSandbox.setState({ of: before === of ? of : null })
    throw error
  }
}

async function knownOf(engine: EngineClient, runId: string, user: string): Promise<SandboxEntry[]> {
  const history = await engine.call('users.history', { runId, user })
  const known = history.filter(({ part }) => part === 'train' || part === 'fold-in')
  return [...new Map(known.map(({ item, title, value }) => [item, { item, title, value }])).values()]
}

export function addToSandbox({ item, title }: Pick<SandboxEntry, 'item' | 'title'>): void {
  useSandbox.setState(({ own }) => ({ own: [...own, { item, title, value: 1 }] }))
}

export function takeFromSandbox(gone: string): void {
  useSandbox.setState(({ own }) => ({ own: own.filter(({ item }) => item !== gone) }))
}
