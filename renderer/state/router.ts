import { useSyncExternalStore } from 'react'

/** Those that the navigation leads to. */
export const mainScreens = ['data', 'train', 'compare', 'tune', 'map', 'users'] as const
export const screens = [...mainScreens, 'run'] as const
export type Screen = (typeof screens)[number]

/** A place in the workbench, written in the address as `#/screen?name=value`. */
export interface Route {
  screen: Screen
  query: URLSearchParams
}

export function parseRoute(hash: string): Route {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const screen = screens.find((name) => name === path) ?? 'data'
  return { screen, query: new URLSearchParams(query) }
}

export function formatRoute(screen: Screen, query: Record<string, string> = {}): string {
  const text = new URLSearchParams(query).toString()
  return `#/${screen}${text && `?${text}`}`
}

export function navigate(screen: Screen, query: Record<string, string> = {}): void {
  location.hash = formatRoute(screen, query)
}

/** Goes to a screen; what its address says already stays where nothing else is asked for. */
export function adjust(screen: Screen, query: Record<string, string>): void {
  const shown = parseRoute(location.hash)
  navigate(screen, { ...(shown.screen === screen && Object.fromEntries(shown.query)), ...query })
}

/** Forgets a part of the query, so that going back or reloading does not repeat what it asked for. */
export function consumeQuery(name: string): void {
  const { screen, query } = parseRoute(location.hash)
  query.delete(name)
  replaceRoute(formatRoute(screen, Object.fromEntries(query)))
}

/** Goes somewhere without a way back to where it was. */
export function replaceRoute(address: string): void {
  history.replaceState(null, '', address)
  dispatchEvent(new HashChangeEvent('hashchange'))
}

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(onHashChange, () => location.hash))
}

/** A part of the query; whoever asks for it hears of no change of the others. */
export function useQueryValue(name: string): string | null {
  return useSyncExternalStore(onHashChange, () => parseRoute(location.hash).query.get(name))
}

function onHashChange(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}
