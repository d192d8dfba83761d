import type {
  FromGraphics,
  GraphicsAdapter,
  GraphicsBinding,
  GraphicsCommand,
  ToGraphics,
} from '../../contract/graphics'
import { deviceFailed } from './device-failed'
import type { GraphicsCard } from './webgpu'

/** The way to the page whose WebGPU computes. */
export interface GraphicsChannel {
  post(commands: ToGraphics): void
  onMessage(listener: (message: FromGraphics) => void): void
  onClose(listener: () => void): void
}

/**
 * The graphics card of another process as WebGPU has it, as far as TensorFlow.js uses it: what is asked for is noted and sent,
 * and only what is read has to be waited for.
 */
export async function remoteCard(channel: GraphicsChannel): Promise<GraphicsCard> {
  const device = new RemoteDevice(channel)
  const found = await device.ready
  Object.assign(globalThis, remoteGlobals)
  const adapter = {
    info: { ...found, description: found.name, device: found.name, isFallbackAdapter: found.isSoftware },
    features: new Set<string>(),
    limits: found.limits,
    requestDevice: async () => device,
  }
  return { adapter: adapter as unknown as GPUAdapter, name: found.name, isSoftware: found.isSoftware }
}

const usages = { mapRead: 1, mapWrite: 2, copySource: 4, copyTarget: 8, uniform: 64, storage: 128, queryResolve: 512 }

class RemoteBuffer {
  mapState: 'mapped' | 'unmapped'
  private mapped: ArrayBuffer | null
  constructor(
    private readonly device: RemoteDevice,
    readonly id: number,
    readonly size: number,
    readonly usage: number,
    isMapped: boolean,
  ) {
    this.mapped = isMapped ? new ArrayBuffer(size) : null
    this.mapState = isMapped ? 'mapped' : 'unmapped'
  }

  getMappedRange(): ArrayBuffer {
    if (!this.mapped) throw new Error('the buffer is not mapped')
    return this.mapped
  }

  async mapAsync(): Promise<void> {
    const bytes = await this.device.read(this.id, this.size)
    this.mapped = bytes.slice().buffer
    this.mapState = 'mapped'
  }

  /** What was read is forgotten, anything else was written. */
  unmap(): void {
    const isRead = (this.usage & usages.mapRead) !== 0
    if (this.mapped && !isRead) {
      this.device.tell({ do: 'write', buffer: this.id, offset: 0, bytes: new Uint8Array(this.mapped) })
    }
    this.mapped = null
    this.mapState = 'unmapped'
  }

  destroy(): void {
    this.device.tell({ do: 'destroy', buffer: this.id })
  }
}

class RemoteTexture {}

interface Resource {
  buffer: RemoteBuffer
  offset?: number
  size?: number
}

/** Notes commands until they are submitted. */
class RemoteEncoder {
  readonly commands: GraphicsCommand[] = []

  beginComputePass() {
    let pipeline = 0
    let bindings: GraphicsBinding[] = []
    return {
      setPipeline: ({ id }: { id: number }) => {
        pipeline = id
      },
      setBindGroup: (_: number, group: GraphicsBinding[]) => {
        bindings = group
      },
      dispatchWorkgroups: (x: number, y = 1, z = 1) => {
        this.commands.push({ do: 'dispatch', pipeline, bindings, counts: [x, y, z] })
      },
      end() {},
    }
  }

  copyBufferToBuffer(from: RemoteBuffer, fromOffset: number, to: RemoteBuffer, toOffset: number, size: number): void {
    this.commands.push({ do: 'copy', from: from.id, fromOffset, to: to.id, toOffset, size })
  }

  finish(): GraphicsCommand[] {
    return this.commands
  }
}

interface Reader {
  resolve(bytes: Uint8Array): void
  reject(error: Error): void
}

const ended = 'The window that computes for it has ended.'

class RemoteDevice {
  readonly ready: Promise<GraphicsAdapter>
  readonly lost: Promise<{ message: string }>
  readonly features = new Set<string>()
  limits: Record<string, number> = {}
  private waiting: GraphicsCommand[] = []
  private readonly readers = new Map<number, Reader>()
  private readonly listeners: ((event: { error: Error }) => void)[] = []
  private count = 0
  private loss: Error | null = null
  private tellLoss: (reason: { message: string }) => void = () => {}

  constructor(private readonly channel: GraphicsChannel) {
    this.lost = new Promise((resolve) => {
      this.tellLoss = resolve
    })
    this.ready = new Promise((resolve, reject) => {
      channel.onMessage((message) => {
        if (message.say === 'ready') {
          this.limits = message.adapter.limits
          resolve(message.adapter)
        } else if (message.say === 'missing') reject(deviceFailed('webgpu', 'missing', message.reason))
        else this.hear(message)
      })
      channel.onClose(() => {
        reject(deviceFailed('webgpu', 'missing', ended))
        this.lose(ended)
      })
    })
  }

  readonly queue = {
    submit: (lists: GraphicsCommand[][]) => {
      this.waiting.push(...lists.flat())
      this.send()
    },
    writeBuffer: (buffer: RemoteBuffer, offset: number, data: ArrayBuffer | ArrayBufferView) => {
      const view = ArrayBuffer.isView(data) ? data : new Uint8Array(data)
      const bytes = new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength).slice()
      this.tell({ do: 'write', buffer: buffer.id, offset, bytes })
    },
  }

  tell(command: GraphicsCommand): void {
    this.waiting.push(command)
  }

  private send(): void {
    if (this.waiting.length > 0) this.channel.post(this.waiting)
    this.waiting = []
  }

  read(buffer: number, size: number): Promise<Uint8Array> {
    const answer = ++this.count
    return new Promise((resolve, reject) => {
      if (this.loss) return reject(this.loss)
      this.readers.set(answer, { resolve, reject })
      this.tell({ do: 'read', buffer, offset: 0, size, answer })
      this.send()
    })
  }

  private hear(message: Extract<FromGraphics, { say: 'lost' | 'read' | 'failed' }>): void {
    switch (message.say) {
      case 'lost':
        this.lose(message.reason)
        break
      case 'read':
        this.take(message.answer)?.resolve(message.bytes)
        break
      case 'failed': {
        const error = errorOf(message)
        for (const listen of this.listeners) listen({ error })
        if (message.answer !== undefined) this.take(message.answer)?.reject(error)
      }
    }
  }

  private take(answer: number): Reader | undefined {
    const reader = this.readers.get(answer)
    this.readers.delete(answer)
    return reader
  }

  /** Readers are told one by one: a race of each with the loss would keep what it has read for as long as there is none. */
  private lose(message: string): void {
    this.loss ??= new Error(message)
    this.tellLoss({ message })
    for (const { reject } of this.readers.values()) reject(this.loss)
    this.readers.clear()
  }

  addEventListener(_: 'uncapturederror', listener: (event: { error: Error }) => void): void {
    this.listeners.push(listener)
  }

  createBuffer({ size, usage, mappedAtCreation = false }: GPUBufferDescriptor): RemoteBuffer {
    const id = ++this.count
    const isMappable = (usage & (usages.mapRead | usages.mapWrite)) !== 0
    // The page writes into buffers and reads out of them; none is mapped there.
    const told = isMappable ? usages.copySource | usages.copyTarget : usage | usages.copyTarget | usages.copySource
    this.tell({ do: 'buffer', id, size, usage: told })
    return new RemoteBuffer(this, id, size, usage, mappedAtCreation)
  }

  createShaderModule({ code }: GPUShaderModuleDescriptor): { code: string } {
    return { code }
  }

  createComputePipeline({ compute }: { compute: { module: { code: string }; entryPoint: string } }) {
    const id = ++this.count
    this.tell({ do: 'pipeline', id, code: compute.module.code, entryPoint: compute.entryPoint })
    return { id, getBindGroupLayout: () => null }
  }

  createBindGroup({ entries }: { entries: { resource: Resource }[] }): GraphicsBinding[] {
    return entries.map(({ resource: { buffer, offset = 0, size } }) => ({
      ...{ buffer: buffer.id, offset },
      ...(size !== undefined && { size }),
    }))
  }

  createCommandEncoder(): RemoteEncoder {
    return new RemoteEncoder()
  }
}

const errorOf = ({ reason, isMemory }: { reason: string; isMemory: boolean }) =>
  new Error(isMemory ? `Out of memory: ${reason}` : reason)

/** What TensorFlow.js expects to find by name. */
const remoteGlobals = {
  GPUBuffer: RemoteBuffer,
  GPUTexture: RemoteTexture,
  GPUMapMode: { READ: 1, WRITE: 2 },
  GPUTextureUsage: { COPY_SRC: 1, COPY_DST: 2, TEXTURE_BINDING: 4, STORAGE_BINDING: 8, RENDER_ATTACHMENT: 16 },
  GPUBufferUsage: {
    MAP_READ: usages.mapRead,
    MAP_WRITE: usages.mapWrite,
    COPY_SRC: usages.copySource,
    COPY_DST: usages.copyTarget,
    UNIFORM: usages.uniform,
    STORAGE: usages.storage,
    QUERY_RESOLVE: usages.queryResolve,
  },
}
