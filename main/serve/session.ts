import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Who holds the printed token gets a cookie; who has the cookie may talk to the engine. */
export interface Sessions {
  readonly token: string
  /** The Set-Cookie header for a right token, null for a wrong one. */
  open(token: string): string | null
  isOpen(request: IncomingMessage): boolean
}

export function createSessions(port: number, token = secret()): Sessions {
  // Cookies are shared between ports, so the name tells servers apart.
  const name = `topn-${port}`
  const value = secret()
  return {
    token,
    open: (given) => (isSame(given, token) ? `${name}=${value}; HttpOnly; SameSite=Strict; Path=/` : null),
    isOpen: ({ headers }) => isSame(cookie(headers.cookie ?? '', name), value),
  }
}

/** 256 random bits. */
function secret(): string {
  return randomBytes(32).toString('base64url')
}

/** Compares in constant time; hashing makes the lengths equal. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}

function cookie(header: string, name: string): string {
  const found = header.split(/; */).find((pair) => pair.startsWith(`${name}=`))
  return found?.slice(name.length + 1) ?? ''
}
