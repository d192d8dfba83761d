import * as v from 'valibot'
import { type CallName, type CallOutputs, type CheckedInput, callSchemas } from '../contract/calls'
import { TopnError } from '../contract/errors'

/** Calls that are about which workspace is open; the host answers them, an engine has one for all its life. */
export type HostCallName = 'workspace.recent' | 'workspace.open'

type AllHandlers = { [N in CallName]: (input: CheckedInput<N>) => Promise<CallOutputs[N]> | CallOutputs[N] }
/** One function for each call on a workspace; each area of the engine gives those of its prefix. */
export type Handlers = Omit<AllHandlers, HostCallName>
export type HostHandlers = Pick<AllHandlers, HostCallName>

/** Finds the call by name, checks its input, and runs it. Name and input come from outside and are not trusted. */
export async function dispatch(handlers: Handlers | HostHandlers, name: string, input: unknown): Promise<unknown> {
  if (!Object.hasOwn(callSchemas, name) || !Object.hasOwn(handlers, name))
    throw new TopnError('NOT_FOUND', `There is no call ${name}.`)
  const checked = checkInput(callSchemas[name as CallName], input)
  return (handlers as Record<string, (input: unknown) => unknown>)[name](checked)
}

/** Checks a value against a schema; throws BAD_REQUEST that names the first wrong field. */
export function checkInput<S extends v.GenericSchema>(schema: S, input: unknown): v.InferOutput<S> {
  const special = specialKey(input)
  if (special) {
    const message = `${special}: there can be no field of this name; choose another one.`
    throw new TopnError('BAD_REQUEST', message, { field: special })
  }
  const result = v.safeParse(schema, input)
  if (result.success) return result.output
  const { field, message } = describeIssue(result.issues[0])
  throw new TopnError('BAD_REQUEST', field ? `${field}: ${message}` : message, { field })
}

/** Where the input has a name that schemas drop without a word, since every object has it already; null where nowhere. */
function specialKey(value: unknown, path = ''): string | null {
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    const place = Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key
    if (['__proto__', 'constructor', 'prototype'].includes(key)) return place
    const found = specialKey(inner, place)
    if (found) return found
  }
  return null
}

function describeIssue(issue: v.BaseIssue<unknown>): { field: string; message: string } {
  // A union reports itself; the branch that came closest says what is wrong with the value.
  const deeper = closestBranch(issue)
  if (deeper) return deeper
  return { field: dotted(issue.path), message: issueSentence(issue) }
}

function closestBranch(issue: v.BaseIssue<unknown>): { field: string; message: string } | null {
  const branches = issue.issues ?? []
  const depth = (candidate: v.BaseIssue<unknown>) => candidate.path?.length ?? 0
  if (!issue.message.startsWith('Invalid')) return null
  const base = depth(issue)
  const best = branches.filter((branch) => depth(branch) > 0).sort((a, b) => depth(b) - depth(a))[0]
  if (!best) return null
  const prefix = base ? `${dotted(issue.path)}.` : ''
  const inner = describeIssue(best)
  return { field: inner.field.startsWith(prefix) ? inner.field : prefix + inner.field, message: inner.message }
}

function issueSentence(issue: v.BaseIssue<unknown>): string {
  // A schema's own sentence says more than the library's.
  if (!issue.message.startsWith('Invalid')) return issue.message
  if (issue.expected === 'never') return 'there is no such field; check its spelling.'
  if (issue.received === 'undefined') return `it is missing; expected ${issue.expected}.`
  return `expected ${issue.expected ?? issue.requirement}, found ${issue.received}.`
}

/** `models[0].params.embedding_size`, as the experiment file would be addressed. */
function dotted(path: v.BaseIssue<unknown>['path']): string {
  let text = ''
  for (const { key } of path ?? []) text += typeof key === 'number' ? `[${key}]` : text ? `.${key}` : String(key)
  return text
}
