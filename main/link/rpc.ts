import { createBirpc } from 'birpc'
import { fromPlainError, type PlainError, TopnError, toPlainError } from '../contract/errors'
import type { Log } from '../contract/log'
import type { Channel } from './channel'

// biome-ignore lint/suspicious/noExplicitAny: the functions of either side may take and answer anything cloneable
type Functions = { [name: string]: any }
type Answer = { value: unknown } | { error: PlainError }

/**
 * Calls functions of the other side and lets it call `functions`, on birpc. What birpc leaves open is settled here:
 * names are own properties only, messages are checked, errors travel as `{ code, message, data }`, an answer that
 * cannot be sent becomes an error, and pending calls are rejected with DISCONNECTED when the channel goes.
 */
export function createRpc<Local extends object, Remote extends object>(
  channel: Channel,
  functions: Local,
  log?: Log,
): Remote {
  const local = functions as Functions
  let isOpen = true
  const rpc = createBirpc<Functions, Functions>(local, {
    timeout: -1,
    post: (message) => post(channel, message),
    on(listener) {
      channel.onMessage((message) => {
        // What was under way when the channel was closed is not listened to.
        if (!isOpen) return
        if (isEnvelope(message)) listener(message)
        else channel.close('junk')
      })
    },
    resolver: (name) => (Object.hasOwn(local, name) ? answering(local[name], log) : async () => unknown(name)),
  })
  channel.onClose((reason) => {
    isOpen = false
    rpc.$close(new TopnError('DISCONNECTED', `The connection is gone: ${reason}.`))
  })
  return new Proxy({} as Remote, {
    get: (_, name) => (name === 'then' ? undefined : (...args: unknown[]) => call(rpc.$call(String(name), ...args))),
  })
}

function answering(implementation: (...args: unknown[]) => unknown, log?: Log) {
  return async (...args: unknown[]): Promise<Answer> => {
    try {
      return { value: await implementation(...args) }
    } catch (error) {
      if (!(error instanceof TopnError)) log?.error('a call failed', error)
      return { error: toPlainError(error) }
    }
  }
}

function unknown(name: string): Answer {
  return { error: { code: 'NOT_FOUND', message: `There is no call ${name.slice(0, 100)}.`, data: {} } }
}

async function call(pending: Promise<unknown>): Promise<unknown> {
  const answer = await pending.catch((error: Error) => {
    if (error instanceof TopnError) throw error
    throw new TopnError('DISCONNECTED', error.message, {}, { cause: error })
  })
  if (isObject(answer) && 'error' in answer) throw fromPlainError(answer.error as PlainError)
  return isObject(answer) ? answer.value : undefined
}

interface Envelope {
  t: 'q' | 's'
  i?: string
}

function post(channel: Channel, message: Envelope) {
  try {
    channel.post(message)
  } catch (error) {
    if (message.t === 'q') throw asTopnError(error, 'The request cannot be sent')
    const plain = toPlainError(asTopnError(error, 'The answer cannot be sent'))
    channel.post({ t: 's', i: message.i, r: { error: plain } })
  }
}

function asTopnError(error: unknown, what: string): TopnError {
  if (error instanceof TopnError) return error
  return new TopnError(
    'BAD_REQUEST',
    `${what}: ${error instanceof Error ? error.message : error}`,
    {},
    { cause: error },
  )
}

function isEnvelope(message: unknown): message is Envelope {
  if (!isObject(message)) return false
  const { t, i, m, a } = message
  if (t === 'q') return typeof m === 'string' && Array.isArray(a) && (i === undefined || typeof i === 'string')
  return t === 's' && typeof i === 'string'
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
