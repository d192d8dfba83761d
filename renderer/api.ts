import type { EngineClient } from '../main/contract/calls'
import { TopnError } from '../main/contract/errors'
import { connectEngine } from '../main/link/connect'
import { portChannel } from '../main/link/port'
import { openSocket } from '../main/link/socket-client'
import { type DesktopBridge, enginePortMessage } from '../preload/bridge'

declare global {
  interface Window {
    /** Given by the preload script; absent in a browser. */
    topn?: DesktopBridge
  }
}

/** What the surroundings of the page can do with files. */
export interface Host {
  kind: 'desktop' | 'browser'
  /** The system's dialog: the chosen path, or null. */
  chooseFile?(): Promise<string | null>
  /** The system's dialog for a folder, which can be made there: the chosen path, or null. */
  chooseFolder?(): Promise<string | null>
  /** Hears the window's menu: ids of commands. Returns the function that ends it. */
  onCommand?(listener: (id: string) => void): () => void
  /** Makes a file of this computer readable for the engine; answers its path there. Files of one batch lie together. */
  uploadFile(file: File, batch: string, onProgress: (fraction: number) => void): Promise<string>
  /** Where an exported file can be fetched. */
  downloadUrl(path: string): string
}

/** Connects to the engine: over the port that the desktop hands over, or over a socket to the server of this page. */
export async function connect(): Promise<EngineClient> {
  if (window.topn) return connectEngine(portChannel(await receivePort(window.topn)))
  await openSession()
  const url = new URL('/engine', location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  url.hash = ''
  const channel = await openSocket(url.href).catch((cause) => {
    const message = 'The connection was refused. Open the address with its token, as TopN printed it.'
    throw new TopnError('DISCONNECTED', message, {}, { cause })
  })
  return connectEngine(channel)
}

function receivePort(bridge: DesktopBridge): Promise<MessagePort> {
  return new Promise((resolve) => {
    addEventListener('message', function take(event) {
      if (event.source !== window || event.data !== enginePortMessage) return
      removeEventListener('message', take)
      resolve(event.ports[0])
    })
    bridge.requestEnginePort()
  })
}

export const host: Host = window.topn ? desktopHost(window.topn) : browserHost()

/** Exchanges the token in the address for a cookie and takes it out of the address. What follows it stays. */
async function openSession(): Promise<void> {
  const parameters = new URLSearchParams(location.hash.slice(1))
  const token = parameters.get('token')
  if (token === null) return
  const answer = await fetch('/session', { method: 'POST', body: token })
  if (!answer.ok) throw new TopnError('BAD_REQUEST', (await answer.text()).trim())
  const open = parameters.get('open')
  const target = open === null ? '' : `#/data?open=${encodeURIComponent(open)}`
  history.replaceState(null, '', `${location.pathname}${target}`)
  dispatchEvent(new HashChangeEvent('hashchange'))
}

function desktopHost(bridge: DesktopBridge): Host {
  return {
    kind: 'desktop',
    chooseFile: bridge.chooseFile,
    chooseFolder: bridge.chooseFolder,
    onCommand: bridge.onCommand,
    uploadFile: async (file) => bridge.pathOf(file),
    downloadUrl,
  }
}

function browserHost(): Host {
  return {
    kind: 'browser',
    uploadFile,
    downloadUrl,
  }
}

/** Both doors answer this path: the server, and the desktop's own scheme. */
function downloadUrl(path: string): string {
  return `/files/download?path=${encodeURIComponent(path)}`
}

/** XMLHttpRequest, since fetch tells nothing of an upload's progress. */
function uploadFile(file: File, batch: string, onProgress: (fraction: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const fail = () =>
      reject(new TopnError('DISCONNECTED', request.responseText.trim() || 'The upload was cut off. Try again.'))
    request.open('POST', `/files/upload?name=${encodeURIComponent(file.name)}&batch=${batch}`)
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total ? loaded / total : 0))
    request.addEventListener('load', () =>
      request.status === 200 ? resolve(JSON.parse(request.responseText).path) : fail(),
    )
    request.addEventListener('error', fail)
    request.send(file)
  })
}
