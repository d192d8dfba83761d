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

export class BrowserWindow extends EventEmitter {
  static readonly opened: BrowserWindow[] = []
  readonly webContents = {
    sent: [] as unknown[][],
    send: (...message: unknown[]) => this.webContents.sent.push(message),
  }
  url = ''
  reloads = 0
  readonly did: string[] = []
  constructor(readonly options: { webPreferences: Record<string, unknown> }) {
    super()
    BrowserWindow.opened.push(this)
  }
  async loadURL(url: string) {
    this.url = url
  }
  show = () => this.did.push('show')
  focus = () => this.did.push('focus')
  restore = () => this.did.push('restore')
  isMinimized = () => true
  reload() {
    this.reloads++
  }
}

class StandInApp extends EventEmitter {
  readonly did: string[] = []
  isPackaged = false
  lockData: unknown = null
  requestSingleInstanceLock(data: unknown) {
    this.lockData = data
    return true
  }
  enableSandbox = () => void this.did.push('sandbox')
  async whenReady() {}
  exit = (code: number) => void this.did.push(`exit ${code}`)
  /** As Electron does it: closing may be held up by `will-quit`. */
  quit() {
    let isHeldUp = false
    const preventDefault = () => {
      isHeldUp = true
    }
    this.emit('will-quit', { preventDefault })
    if (!isHeldUp) this.did.push('quit')
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

export const dialog = {
  chosen: [] as string[],
  /** Which button the user presses. */
  pressed: 0,
  shown: [] as string[],
  showOpenDialog: async () => ({ filePaths: dialog.chosen }),
  showErrorBox: (title: string, message: string) => void dialog.shown.push(`${title}: ${message}`),
  showMessageBoxSync({ message }: { message: string }) {
    dialog.shown.push(message)
    return dialog.pressed
  },
}

interface MenuEntry {
  label?: string
  role?: string
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

export const session = { defaultSession: { setPermissionRequestHandler() {}, setPermissionCheckHandler() {} } }
export const shell = { async openExternal() {} }
