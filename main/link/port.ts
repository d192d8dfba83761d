import { type Channel, createClosing, ownReasons } from './channel'

/** What MessagePorts of browsers and Node have in common. */
export interface PortLike {
  postMessage(message: unknown): void
  addEventListener(name: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(name: 'close', listener: () => void): void
  start(): void
  close(): void
}

/** A channel over a MessagePort: structured clone, so that typed arrays, NaN and infinities arrive as they are. */
export function portChannel(port: PortLike): Channel {
  const closing = createClosing()
  port.addEventListener('close', () => closing.close('the other side closed it'))
  return {
    post(message) {
      if (!closing.isClosed()) port.postMessage(message)
    },
    onMessage(listener) {
      port.addEventListener('message', (event) => listener(event.data))
      port.start()
    },
    onClose: closing.onClose,
    close(reason) {
      port.close()
      closing.close(ownReasons[reason])
    },
  }
}

/** A port that tells of messages as Node's emitters do: Electron's MessagePortMain. */
export interface EmitterPort {
  postMessage(message: unknown): void
  on(name: 'message', listener: (event: { data: unknown }) => void): unknown
  on(name: 'close', listener: () => void): unknown
  start(): void
  close(): void
}

export function emitterPort(port: EmitterPort): PortLike {
  return {
    postMessage: (message) => port.postMessage(message),
    addEventListener: (name: 'message' | 'close', listener: (event: { data: unknown }) => void) =>
      void port.on(name as 'message', listener),
    start: () => port.start(),
    close: () => port.close(),
  }
}

/** A channel that can be used before the one that carries it is there; what is posted waits. */
export function laterChannel(): { channel: Channel; open(channel: Channel): void } {
  const closing = createClosing()
  const listeners: ((message: unknown) => void)[] = []
  const waiting: unknown[] = []
  let carrier: Channel | null = null
  return {
    channel: {
      post(message) {
        if (carrier) carrier.post(message)
        else waiting.push(message)
      },
      onMessage(listener) {
        listeners.push(listener)
        carrier?.onMessage(listener)
      },
      onClose: closing.onClose,
      close(reason) {
        carrier?.close(reason)
        closing.close(ownReasons[reason])
      },
    },
    open(channel) {
      if (closing.isClosed()) return channel.close('done')
      carrier = channel
      channel.onClose(closing.close)
      for (const listener of listeners) channel.onMessage(listener)
      for (const message of waiting.splice(0)) channel.post(message)
    },
  }
}
