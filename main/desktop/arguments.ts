import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

export interface DesktopArguments {
  /** A data file to open at once. */
  file: string | null
  /** Null where none is named. */
  workspace: string | null
}

/** Reads what stands behind the program's own path; Chromium's switches among it are left alone. */
export function readDesktopArguments(words: readonly string[], folder: string): DesktopArguments {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { workspace: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  })
  return {
    file: positionals.length > 0 ? readFile(positionals[0], folder) : null,
    workspace: typeof values.workspace === 'string' ? resolve(folder, values.workspace) : null,
  }
}

/** Linux desktops hand over addresses, everything else paths. */
function readFile(word: string, folder: string): string {
  return word.startsWith('file://') && URL.canParse(word) ? fileURLToPath(word) : resolve(folder, word)
}
