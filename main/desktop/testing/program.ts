import * as electron from './electron'

// What a test sees of the program that runs on the stand-in.

export const engines = () => electron.forked.filter(({ entry }) => entry.endsWith('engine.js'))
export const engine = () => engines().at(-1)!
export const jobs = () => electron.forked.filter(({ entry }) => entry.endsWith('job.js'))
export const messages = (child: electron.StandInProcess) => child.received.map(({ message }) => message)
export const window = () => electron.BrowserWindow.opened[0]
export const menu = (name: string) => electron.Menu.template.find(({ label }) => label === name)!.submenu!
export const item = (name: string, label: string) => menu(name).find((entry) => entry.label === label)!
export const recent = () => item('File', 'Open Recent').submenu!.flatMap(({ label }) => label ?? [])
export const sent = () => window().webContents.sent.splice(0)
export const shown = () => electron.dialog.shown.splice(0)
