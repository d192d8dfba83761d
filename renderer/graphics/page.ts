import { graphicsPortMessage } from '../../main/contract/graphics'
import { serveGraphics } from './serve'

// The page of the hidden window. Each job process that computes on the graphics card has a port of its own.
window.addEventListener('message', (event) => {
  if (event.source !== window || event.data !== graphicsPortMessage) return
  const [port] = event.ports
  void serveGraphics({
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      port.onmessage = ({ data }) => listener(data)
    },
    onClose: (listener) => port.addEventListener('close', listener),
  })
})
