import type { WebSocket } from 'ws'
import { type Channel, createClosing, ownReasons } from './channel'
import { closeCodes, decodeFrame, encodeFrame } from './frames'

const heartbeatMilliseconds = 15_000

/**
 * A channel over a socket that the `ws` server accepted; give its `maxPayload` as `maximumFrameBytes`, so that larger
 * frames close it with 1009. A socket that leaves a ping unanswered until the next one is dropped.
 */
export function serverSocketChannel(socket: WebSocket): Channel {
  const closing = createClosing()
  let isAlive = true
  const heartbeat = setInterval(() => {
    if (!isAlive) return socket.terminate()
    isAlive = false
    socket.ping()
  }, heartbeatMilliseconds)
  socket.on('pong', () => {
    isAlive = true
  })
  // The close event follows every error.
  socket.on('error', () => {})
  socket.on('close', (code) => {
    clearInterval(heartbeat)
    closing.close(`the client closed it (${code})`)
  })
  const close: Channel['close'] = (reason) => {
    socket.close(reason === 'junk' ? closeCodes.junk : closeCodes.done)
    closing.close(ownReasons[reason])
  }
  return {
    post(message) {
      const bytes = encodeFrame(message)
      if (socket.readyState === socket.OPEN) socket.send(bytes)
    },
    onMessage(listener) {
      socket.on('message', (data: Buffer, isBinary) => {
        let message: unknown
        try {
          if (!isBinary) throw new Error('text')
          message = decodeFrame(data)
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
