import type { EngineService, Event } from '../contract/calls'
import type { Log } from '../contract/log'
import type { Channel } from './channel'
import { createRpc } from './rpc'

/** What the engine's side of a link answers. */
export interface EngineFunctions {
  call(name: string, input: unknown): Promise<unknown>
}

/** What the client's side answers: it takes a batch of events and so says that it is ready for more. */
export interface ClientFunctions {
  events(batch: Event[]): Promise<void>
}

/**
 * Serves an engine to whoever is at the other end of the channel. Of events only the newest of each (name, key) waits,
 * and only one batch is under way: a slow reader never makes a queue grow.
 */
export function serveEngine(channel: Channel, service: EngineService, log: Log): void {
  const functions: EngineFunctions = { call: (name, input) => service.call(name, input) }
  const client = createRpc<EngineFunctions, ClientFunctions>(channel, functions, log)
  const waiting = new Map<string, Event>()
  let sending = false

  async function send() {
    if (sending) return
    sending = true
    while (waiting.size > 0) {
      const batch = [...waiting.values()]
      waiting.clear()
      await client.events(batch).catch(() => {})
    }
    sending = false
  }

  const unsubscribe = service.subscribe((event) => {
    waiting.set(`${event.name}/${event.key}`, event)
    void send()
  })
  channel.onClose(() => {
    unsubscribe()
    waiting.clear()
  })
}
