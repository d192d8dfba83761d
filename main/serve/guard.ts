import type { IncomingMessage } from 'node:http'

/** Which names this server answers to, and which pages may talk to it. */
export interface Guard {
  /** Defeats DNS rebinding: the Host header must name this server. */
  isKnownHost(request: IncomingMessage): boolean
  /** Defeats other web pages: the Origin header must be this server's own. */
  isOwnOrigin(request: IncomingMessage): boolean
}

export function createGuard(host: string, port: number): Guard {
  const names = new Set(['127.0.0.1', 'localhost', '[::1]', host.includes(':') ? `[${host}]` : host])
  const hosts = new Set([...names].map((name) => `${name}:${port}`))
  return {
    isKnownHost: ({ headers }) => hosts.has(headers.host ?? ''),
    isOwnOrigin: ({ headers }) => headers.origin === `http://${headers.host}` && hosts.has(headers.host ?? ''),
  }
}

/** Addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}
