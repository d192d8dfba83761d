import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs/promises'
import { TopnError } from '../contract/errors'
import { writeFileAtomic } from '../files/atomic'

const keyBytes = 32
const ownerOnly = 0o600

/** The key of a workspace's pseudonyms: a file that only its owner may read. */
export interface PseudonymKeyFile {
  /** The key; made where there is none. */
  key(): Promise<Uint8Array>
  /** ISO date and time; null where there is no key. */
  createdAt(): Promise<string | null>
  /** For good: pseudonyms that were made with it can no longer be made again, nor checked. */
  destroy(): Promise<void>
}

export function pseudonymKeyFile(path: string): PseudonymKeyFile {
  let making: Promise<Uint8Array> | null = null

  async function readOrMake(): Promise<Uint8Array> {
    const found = await fs.readFile(path).catch(() => null)
    if (found?.byteLength === keyBytes) return found
    if (found) {
      const message = `${path} is damaged, so that pseudonyms would differ from those made before. Restore it from a copy, or destroy the key.`
      throw new TopnError('BAD_DATA', message, { file: path })
    }
    const key = randomBytes(keyBytes)
    const open: typeof fs.open = (name, flags) => fs.open(name, flags, ownerOnly)
    await writeFileAtomic(path, key, { ...fs, open })
    return key
  }

  return {
    key() {
      // Two datasets that are opened at once have one key.
      making ??= readOrMake().finally(() => {
        making = null
      })
      return making
    },
    createdAt: () =>
      fs.stat(path).then(
        ({ mtime }) => mtime.toISOString(),
        () => null,
      ),
    destroy: () => fs.rm(path, { force: true }),
  }
}
