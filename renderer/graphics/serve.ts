import type { FromGraphics, GraphicsCommand, ToGraphics } from '../../main/contract/graphics'

/** The end of a port as this page uses it. */
export interface GraphicsPort {
  post(message: FromGraphics): void
  onMessage(listener: (commands: ToGraphics) => void): void
  onClose(listener: () => void): void
}

const limitNames = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const

/** Computes on this page's WebGPU what comes by the port. */
export async function serveGraphics(port: GraphicsPort): Promise<void> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null)
  if (!adapter) return port.post({ say: 'missing', reason: 'No graphics card was found; install the driver of yours.' })
  const limits = Object.fromEntries(limitNames.map((name) => [name, adapter.limits[name]]))
  const device = await adapter.requestDevice({ requiredLimits: limits }).catch(() => null)
  if (!device) return port.post({ say: 'missing', reason: 'Its driver gives no device; update it.' })
  void device.lost.then(({ message }) => port.post({ say: 'lost', reason: message }))
  device.addEventListener('uncapturederror', ({ error }) => {
    port.post({ say: 'failed', reason: error.message, isMemory: error instanceof GPUOutOfMemoryError })
  })
  // The process that computed has ended: what it held is given back.
  port.onClose(() => device.destroy())
  const { perform, submit } = performer(device, port)
  port.onMessage((commands) => {
    try {
      for (const command of commands) perform(command)
      submit()
    } catch (error) {
      port.post(failureOf(error))
    }
  })
  const { vendor, architecture, description, device: model, isFallbackAdapter } = adapter.info
  const name = description || model || `${vendor} ${architecture}`.trim() || 'graphics card'
  port.post({ say: 'ready', adapter: { name, isSoftware: isFallbackAdapter, vendor, architecture, limits } })
}

const failureOf = (error: unknown) => ({
  say: 'failed' as const,
  reason: error instanceof Error ? error.message : String(error),
  isMemory: error instanceof RangeError,
})

/** One command after the other into one encoder; copies stand outside of a pass of computing. */
function encoding(device: GPUDevice) {
  let encoder: GPUCommandEncoder | null = null
  let pass: GPUComputePassEncoder | null = null
  const encode = () => {
    encoder ??= device.createCommandEncoder()
    return encoder
  }
  const copying = () => {
    pass?.end()
    pass = null
    return encode()
  }
  const computing = () => {
    pass ??= encode().beginComputePass()
    return pass
  }
  function submit() {
    if (!encoder) return
    device.queue.submit([copying().finish()])
    encoder = null
  }
  return { copying, computing, submit }
}

/** What was made under a number. */
function numbered<T>() {
  const values = new Map<number, T>()
  return {
    put: (id: number, value: T) => void values.set(id, value),
    find(id: number): T {
      const value = values.get(id)
      if (value === undefined) throw new Error(`there is no ${id}`)
      return value
    },
    remove: (id: number) => void values.delete(id),
  }
}

type Command<D extends GraphicsCommand['do']> = Extract<GraphicsCommand, { do: D }>

function performer(device: GPUDevice, port: GraphicsPort) {
  const buffers = numbered<GPUBuffer>()
  const pipelines = numbered<GPUComputePipeline>()
  const { copying, computing, submit } = encoding(device)

  async function read({ buffer, offset, size, answer }: Command<'read'>) {
    const staging = device.createBuffer({ size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ })
    copying().copyBufferToBuffer(buffers.find(buffer), offset, staging, 0, size)
    submit()
    await staging.mapAsync(GPUMapMode.READ)
    port.post({ say: 'read', answer, bytes: new Uint8Array(staging.getMappedRange().slice(0)) })
    staging.destroy()
  }

  function compile({ code, entryPoint }: Command<'pipeline'>): GPUComputePipeline {
    const compute = { module: device.createShaderModule({ code }), entryPoint }
    return device.createComputePipeline({ layout: 'auto', compute })
  }

  function dispatch({ pipeline, bindings, counts }: Command<'dispatch'>) {
    const program = pipelines.find(pipeline)
    const entries = bindings.map(({ buffer, ...part }, binding) => ({
      binding,
      resource: { buffer: buffers.find(buffer), ...part },
    }))
    const group = device.createBindGroup({ layout: program.getBindGroupLayout(0), entries })
    computing().setPipeline(program)
    computing().setBindGroup(0, group)
    computing().dispatchWorkgroups(...counts)
  }

  function copy({ from, to, fromOffset, toOffset, size }: Command<'copy'>) {
    const [source, target] = [buffers.find(from), buffers.find(to)]
    copying().copyBufferToBuffer(source, fromOffset, target, toOffset, size)
  }

  function perform(command: GraphicsCommand) {
    switch (command.do) {
      case 'buffer':
        return buffers.put(command.id, device.createBuffer({ size: command.size, usage: command.usage }))
      case 'write':
        // What was encoded before must not see it.
        submit()
        return device.queue.writeBuffer(buffers.find(command.buffer), command.offset, new Uint8Array(command.bytes))
      case 'destroy':
        submit()
        buffers.find(command.buffer).destroy()
        return buffers.remove(command.buffer)
      case 'pipeline':
        return pipelines.put(command.id, compile(command))
      case 'dispatch':
        return dispatch(command)
      case 'copy':
        return copy(command)
      case 'read':
        return void read(command).catch((error) => port.post({ ...failureOf(error), answer: command.answer }))
    }
  }

  return { perform, submit }
}
