import { TopnError } from '../contract/errors'

export type Newest = ReturnType<typeof createNewest>

/** Work of which, for each key, the newest counts: it ends an older one with `reason`. */
export function createNewest(reason: string) {
  const running = new Map<string, AbortController>()

  function stop(key: string): void {
    running.get(key)?.abort(new TopnError('CANCELLED', reason))
  }

  async function run<T>(key: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController()
    stop(key)
    running.set(key, controller)
    try {
      return await work(controller.signal)
    } finally {
      if (running.get(key) === controller) running.delete(key)
    }
  }

  return { run, stop }
}
