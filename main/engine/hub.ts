import type { Event, EventName, Events } from '../contract/calls'

/** Passes events from the engine's areas to whoever listens. */
export interface Hub {
  emit<N extends EventName>(name: N, key: string, value: Events[N]): void
  pass(event: Event): void
  subscribe(listener: (event: Event) => void): () => void
}

export function createHub(): Hub {
  const listeners = new Set<(event: Event) => void>()
  const pass = (event: Event) => {
    for (const listener of listeners) listener(event)
  }
  return {
    emit: (name, key, value) => pass({ name, key, value } as Event),
    pass,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
