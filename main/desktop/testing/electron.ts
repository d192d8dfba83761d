import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

// Stands in for the module `electron`, as far as the desktop uses it, and remembers what it was asked for. Use it with
// `vi.mock('electron', () => import('./testing/electron'))`.

/** A port with the events of Electron's own. */
class StandInPort extends EventEmitter {
  constructor(private readonly port: MessagePort) {
    super()
    port.on('close', () => this.emit('close'))
  }
  start() {
    this.port.on('message', (data) => this.emit('message', { data, ports: [] }))
  }
  postMessage(message: unknown) {
    this.port.postMessage(message)
  }
  close() {
    this.port.close()
  }
}

export class MessageChannelMain {
  readonly port1: StandInPort
  readonly port2: StandInPort
  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new StandInPort(port1)
    this.port2 = new StandInPort(port2)
  }
}

/** A utility process that the test plays. */
export class StandInProcess extends EventEmitter {
  readonly received: { message: unknown; ports: StandInPort[] }[] = []
  kills = 0
  constructor(
    readonly entry: string,
    readonly pid: number,
  ) {
    super()
  }
  postMessage(message: unknown, ports: StandInPort[] = []) {
    this.received.push({ message, ports })
  }
  kill() {
    this.kills++
    return true
  }
}

export const forked: StandInProcess[] = []
export const utilityProcess = {
  fork(entry: string) {
    const child = new StandInProcess(entry, 1000 + forked.length)
    forked.push(child)
    return child
  },
}

/** Emits an event that its listeners may prevent; whether none did. */
function isAllowed(emitter: EventEmitter, name: string): boolean {
  let allowed = true
  const preventDefault = () => {
    allowed = false
  }
  emitter.emit(name, { preventDefault })
  return allowed
}

interface WindowOptions {
  x?: number
  y?: number
  width: number
  height: number
  webPreferences: Record<string, unknown>
}

export class BrowserWindow extends EventEmitter {
  static readonly opened: BrowserWindow[] = []
  readonly webContents = Object.assign(new EventEmitter(), {
    sent: [] as unknown[][],
    send: (...message: unknown[]) => this.webContents.sent.push(message),
    posted: [] as unknown[][],
    postMessage: (...message: unknown[]) => this.webContents.posted.push(message),
  })
  /** Windows that do not load what they are told to. */
  static failure: Error | null = null
  url = ''
  reloads = 0
  isOpen = true
  readonly did: string[] = []
  constructor(readonly options: WindowOptions) {
    super()
    BrowserWindow.opened.push(this)
  }
  async loadURL(url: string) {
    this.url = url
    if (BrowserWindow.failure) throw BrowserWindow.failure
  }
  show = () => this.did.push('show')
  focus = () => this.did.push('focus')
  restore = () => this.did.push('restore')
  maximize = () => this.did.push('maximize')
  isMinimized = () => true
  isMaximized = () => this.did.includes('maximize')
  getNormalBounds() {
    const { x = 0, y = 0, width, height } = this.options
    return { x, y, width, height }
  }
  reload() {
    this.reloads++
  }
  destroy() {
    this.isOpen = false
    this.emit('closed')
  }
  close() {
    if (!isAllowed(this, 'close')) return
    this.isOpen = false
    this.emit('closed')
  }
}

export const displays = [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } }]
export const screen = { getPrimaryDisplay: () => displays[0], getAllDisplays: () => displays }

class StandInApp extends EventEmitter {
  readonly did: string[] = []
  readonly recentDocuments: string[] = []
  isPackaged = false
  lockData: unknown = null
  locale = 'en-GB'
  /** Of what the program remembers; the test makes it. */
  userData = ''
  requestSingleInstanceLock(data: unknown) {
    this.lockData = data
    return true
  }
  enableSandbox = () => void this.did.push('sandbox')
  async whenReady() {}
  getLocale = () => this.locale
  getPath = (name: string) => (name === 'userData' ? this.userData : `/home/${name}`)
  addRecentDocument = (path: string) => void this.recentDocuments.push(path)
  clearRecentDocuments = () => void this.recentDocuments.splice(0)
  exit = (code: number) => void this.did.push(`exit ${code}`)
  /** As Electron does it: every window may refuse to be closed, and `will-quit` may hold it up. */
  quit() {
    for (const window of BrowserWindow.opened.filter(({ isOpen }) => isOpen)) {
      window.close()
      if (window.isOpen) return
    }
    if (isAllowed(this, 'will-quit')) this.did.push('quit')
  }
}
export const app = new StandInApp()

export const schemes: { scheme: string; privileges: Record<string, boolean> }[] = []
export const handled = new Map<string, unknown>()
export const protocol = {
  registerSchemesAsPrivileged: (given: typeof schemes) => void schemes.push(...given),
  handle: (scheme: string, handler: unknown) => void handled.set(scheme, handler),
}

class StandInIpc extends EventEmitter {
  readonly handlers = new Map<string, (event: unknown) => unknown>()
  handle = (name: string, handler: (event: unknown) => unknown) => void this.handlers.set(name, handler)
}
export const ipcMain = new StandInIpc()

export interface MessageBox {
  message: string
  detail?: string
  buttons: string[]
}

export const dialog = {
  chosen: [] as string[],
  /** What the open dialog was asked to choose. */
  wanted: [] as string[],
  /** Labels of the buttons that the user presses, one for each question. */
  pressed: [] as string[],
  shown: [] as string[],
  async showOpenDialog(_window: unknown, { properties }: { properties: string[] }) {
    dialog.wanted.push(...properties)
    return { filePaths: dialog.chosen }
  },
  showErrorBox: (title: string, message: string) => void dialog.shown.push(`${title}: ${message}`),
  async showMessageBox(_window: unknown, { message, detail }: MessageBox) {
    dialog.shown.push(`${message} ${detail}`)
  },
  /** With or without the window that it belongs to. */
  showMessageBoxSync(...given: unknown[]) {
    const { message, detail, buttons } = given.at(-1) as MessageBox
    dialog.shown.push(`${message} ${detail}`)
    const at = buttons.indexOf(dialog.pressed.shift() ?? '')
    if (at < 0) throw new Error(`none of these was to be pressed: ${buttons.join(', ')}`)
    return at
  },
}

export interface MenuEntry {
  label?: string
  role?: string
  accelerator?: string
  enabled?: boolean
  type?: string
  submenu?: MenuEntry[]
  click?(): unknown
}
export const Menu = {
  template: [] as MenuEntry[],
  buildFromTemplate: (template: MenuEntry[]) => template,
  setApplicationMenu(template: MenuEntry[]) {
    Menu.template = template
  },
}

class StandInSession extends EventEmitter {
  setPermissionRequestHandler() {}
  setPermissionCheckHandler() {}
}
export const session = { defaultSession: new StandInSession() }
export const shell = {
  opened: [] as string[],
  async openExternal() {},
  async openPath(path: string) {
    shell.opened.push(path)
  },
}
