import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface DesktopArguments {
  /** A data file to open at once. */
  file: string | null
  workspace: string
}

/** Reads what stands behind the program's own path; Chromium's switches among it are left alone. */
export function readDesktopArguments(words: readonly string[], folder: string): DesktopArguments {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { workspace: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  })
  const workspace = typeof values.workspace === 'string' ? resolve(folder, values.workspace) : defaultWorkspace()
  return { file: positionals.length > 0 ? resolve(folder, positionals[0]) : null, workspace }
}

function defaultWorkspace(): string {
  return join(homedir(), 'TopN')
}
