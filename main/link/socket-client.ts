import { type Channel, createClosing, ownReasons } from './channel'
import { closeCodes, decodeFrame, encodeFrame } from './frames'

/** A channel over a browser's WebSocket (or Node's, from 22 on). Settles once it is open. */
export function openSocket(url: string): Promise<Channel> {
  const socket = new WebSocket(url)
  socket.binaryType = 'arraybuffer'
  return new Promise((resolve, reject) => {
    const channel = socketChannel(socket)
    socket.addEventListener('open', () => resolve(channel))
    channel.onClose((reason) => reject(new Error(reason)))
  })
}

function socketChannel(socket: WebSocket): Channel {
  const closing = createClosing()
  socket.addEventListener('close', (event) => closing.close(event.reason || `the server closed it (${event.code})`))
  const close: Channel['close'] = (reason) => {
    socket.close(reason === 'junk' ? 3000 + (closeCodes.junk % 1000) : closeCodes.done)
    closing.close(ownReasons[reason])
  }
  return {
    post(message) {
      const bytes = encodeFrame(message)
      if (socket.readyState === socket.OPEN) socket.send(bytes as Uint8Array<ArrayBuffer>)
    },
    onMessage(listener) {
      socket.addEventListener('message', (event) => {
        let message: unknown
        try {
          message = decodeFrame(new Uint8Array(event.data as ArrayBuffer))
        } catch {
          return close('junk')
        }
        listener(message)
      })
    },
    onClose: closing.onClose,
    close,
  }
}
