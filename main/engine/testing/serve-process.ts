import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { WebSocket } from 'ws'
import type { EngineClient } from '../../contract/calls'
import { connectEngine } from '../../link/connect'
import { serverSocketChannel } from '../../link/socket-server'

/** Built by scripts/vitest-setup.mjs. */
const cli = join(resolve(import.meta.dirname, '../../..'), 'out', 'test', 'cli.js')

export interface ServeProcess {
  client: EngineClient
  /** Ends it as a crash would, and settles once it is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>
}

/** `topn serve` on a workspace, in a process of its own, and a client of it. */
export async function serveProcess(workspace: string): Promise<ServeProcess> {
  const child = spawn(process.execPath, [cli, 'serve', '--workspace', workspace, '--threads', '2'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { origin, hash } = await addressOf(child)
  const session = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { origin },
    body: hash.replace('#token=', ''),
  })
  const [cookie] = String(session.headers.get('set-cookie')).split(';')
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/engine`, { headers: { origin, cookie } })
  const channel = serverSocketChannel(socket)
  await once(socket, 'open')
  return {
    client: connectEngine(channel),
    async kill(signal = 'SIGKILL') {
      const gone = once(child, 'exit')
      child.kill(signal)
      await gone
    },
  }
}

async function addressOf({ stdout }: ChildProcess): Promise<URL> {
  if (!stdout) throw new Error('the server has no output')
  for await (const line of createInterface(stdout)) {
    const found = /http:\S+/.exec(line)
    if (found) return new URL(found[0])
  }
  throw new Error('the server gave no address')
}
