import type { Event, EventName, Events } from '../contract/calls'

/** Passes events from the engine's areas to whoever listens. */
export interface Hub {
  emit<N extends EventName>(name: N, key: string, value: Events[N]): void
  subscribe(listener: (event: Event) => void): () => void
}

export function createHub(): Hub {
  const listeners = new Set<(event: Event) => void>()
  return {
    emit(name, key, value) {
      for (const listener of listeners) listener({ name, key, value } as Event)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
