import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { type DesktopBridge, enginePortMessage } from './bridge'

const bridge: DesktopBridge = {
  requestEnginePort: () => ipcRenderer.send('engine-port'),
  chooseFile: () => ipcRenderer.invoke('choose-file'),
  pathOf: (file) => webUtils.getPathForFile(file),
}

// Ports cannot cross the bridge, so the page gets them as messages of its own window.
ipcRenderer.on('engine-port', ({ ports }) => window.postMessage(enginePortMessage, location.origin, ports))
ipcRenderer.on('open-file', (_event, path: string) => {
  location.hash = `#/data?open=${encodeURIComponent(path)}`
})
contextBridge.exposeInMainWorld('topn', bridge)
