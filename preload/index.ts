import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { graphicsPortMessage } from '../main/contract/graphics'
import { type DesktopBridge, enginePortMessage } from './bridge'

const listeners = new Set<(id: string) => void>()

const bridge: DesktopBridge = {
  requestEnginePort: () => ipcRenderer.send('engine-port'),
  chooseFile: () => ipcRenderer.invoke('choose-file'),
  chooseFolder: () => ipcRenderer.invoke('choose-folder'),
  pathOf(file) {
    const path = webUtils.getPathForFile(file)
    if (path !== '') ipcRenderer.send('file-taken', path)
    return path
  },
  onCommand(listener) {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
}

// Ports cannot cross the bridge, so the page gets them as messages of its own window.
ipcRenderer.on('engine-port', ({ ports }) => window.postMessage(enginePortMessage, location.origin, ports))
ipcRenderer.on('graphics-port', ({ ports }) => window.postMessage(graphicsPortMessage, location.origin, ports))
ipcRenderer.on('open-file', (_event, path: string) => {
  location.hash = `#/data?open=${encodeURIComponent(path)}`
})
ipcRenderer.on('command', (_event, id: string) => {
  for (const listener of listeners) listener(id)
})
contextBridge.exposeInMainWorld('topn', bridge)
