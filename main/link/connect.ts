import type { EngineClient, Event } from '../contract/calls'
import type { Channel } from './channel'
import { createRpc } from './rpc'
import type { ClientFunctions, EngineFunctions } from './serve-engine'

/** The engine at the other end of a channel. */
export function connectEngine(channel: Channel): EngineClient {
  const listeners = new Set<(event: Event) => void>()
  const functions: ClientFunctions = {
    async events(batch) {
      for (const event of batch) for (const listener of listeners) listener(event)
    },
  }
  const engine = createRpc<ClientFunctions, EngineFunctions>(channel, functions)
  return {
    call: (name, input) => engine.call(name, input) as Promise<never>,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    closed: new Promise((resolve) => channel.onClose(resolve)),
    close: () => channel.close('done'),
  }
}
