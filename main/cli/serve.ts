import { availableParallelism, homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { TopnError } from '../contract/errors'
import { createEngineHost } from '../engine/host'
import { forkJob } from '../link/process'
import { startServer } from '../serve/server'
import { readArguments, wholeNumber } from './arguments'
import type { Command } from './commands'
import { jobEntry } from './engine'

const usage = 'serve [FILE] [--workspace DIR] [--port N] [--host ADDRESS] [--root DIR ...]'

export const serve: Command = {
  usage,
  meaning:
    'Open the workbench for a browser on this machine. Files are opened from your home folder, this folder, and each --root.',
  async run(args) {
    const { values, positionals } = readArguments(usage, args, {
      workspace: { type: 'string' },
      port: { type: 'string' },
      host: { type: 'string' },
      root: { type: 'string', multiple: true },
      threads: { type: 'string' },
    })
    if (positionals.length > 1) throw new TopnError('BAD_REQUEST', `Name one file at most. Usage: topn ${usage}`)
    const file = positionals.length === 1 ? resolve(positionals[0]) : null
    const workspace = resolve(values.workspace ?? defaultWorkspace())
    const roots = [homedir(), process.cwd(), ...(values.root ?? []).map((root) => resolve(root))]
    if (file) roots.push(dirname(file))
    const threads = wholeNumber('--threads', values.threads, 0, 0)
    const port = wholeNumber('--port', values.port, 0, 0, 65_535)
    const host = await createEngineHost({
      workspace,
      roots: [...new Set(roots)],
      spawnJob: () => forkJob(jobEntry),
      threads: threads || availableParallelism(),
    })
    const server = await startServer({
      service: host,
      rendererFolder: fileURLToPath(new URL('../renderer', import.meta.url)),
      // Another workspace may be open by the time of a transfer.
      get inboxFolder() {
        return host.folders.inbox
      },
      get exportsFolder() {
        return host.folders.exports
      },
      log: host.log,
      port,
      ...(values.host !== undefined && { host: values.host }),
    }).catch(async (error) => {
      await host.close()
      throw error
    })
    console.log(`TopN is open at ${server.url}${file ? `&open=${encodeURIComponent(file)}` : ''}`)
    console.log(`Workspace: ${workspace}. Press Ctrl+C to stop.`)
    closeOnSignal(async () => {
      await server.close()
      await host.close()
    })
  },
}

/** Where the workbench keeps its work when no workspace is named. */
export function defaultWorkspace(): string {
  return join(homedir(), 'TopN')
}

/** However often it is asked to, also when its terminal goes, the server closes once and in order. */
function closeOnSignal(close: () => Promise<void>) {
  let isClosing = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!isClosing) void close().finally(() => process.exit(0))
      isClosing = true
    })
  }
}
