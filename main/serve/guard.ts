import type { IncomingMessage } from 'node:http'
import { hostname, networkInterfaces } from 'node:os'

/** Which names this server answers to, and which pages may talk to it. */
export interface Guard {
  /** `name:port`, as the Host header has it. */
  readonly hosts: ReadonlySet<string>
  /** Defeats DNS rebinding: the Host header must name this server. */
  isKnownHost(request: IncomingMessage): boolean
  /** Defeats other web pages: the Origin header must be this server's own. */
  isOwnOrigin(request: IncomingMessage): boolean
}

export function createGuard(host: string, port: number): Guard {
  const names = new Set(['127.0.0.1', 'localhost', '::1', ...(isWildcard(host) ? machineNames() : [host])])
  // Browsers leave the port of plain http out.
  const hosts = new Set([...names].map((name) => inAddress(name) + (port === 80 ? '' : `:${port}`)))
  return {
    hosts,
    isKnownHost: ({ headers }) => hosts.has(headers.host ?? ''),
    isOwnOrigin: ({ headers }) => headers.origin === `http://${headers.host}` && hosts.has(headers.host ?? ''),
  }
}

/** Addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** The address of a page served here; a server of all addresses is shown under the machine's name. */
export function pageAddress(host: string, port: number): string {
  return `http://${inAddress(isWildcard(host) ? hostname().toLowerCase() : host)}:${port}/`
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

/** The machine's own names: a page elsewhere cannot make one of them its own, as rebinding would need. */
function machineNames(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? [])
  return [hostname().toLowerCase(), ...addresses.map(({ address }) => address)]
}

function inAddress(name: string): string {
  return name.includes(':') ? `[${name}]` : name
}
