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

function performer(device: GPUDevice, port: GraphicsPort) {
  const buffers = new Map<number, GPUBuffer>()
  const pipelines = new Map<number, GPUComputePipeline>()
  let encoder: GPUCommandEncoder | null = null
  let pass: GPUComputePassEncoder | null = null
  const found = <T>(map: Map<number, T>, id: number): T => {
    const value = map.get(id)
    if (value === undefined) throw new Error(`there is no ${id}`)
    return value
  }
  const encoding = () => {
    encoder ??= device.createCommandEncoder()
    return encoder
  }
  const computing = () => {
    pass ??= encoding().beginComputePass()
    return pass
  }
  const copying = () => {
    pass?.end()
    pass = null
    return encoding()
  }

  function submit() {
    if (!encoder) return
    device.queue.submit([copying().finish()])
    encoder = null
  }

  async function read({ buffer, offset, size, answer }: Extract<GraphicsCommand, { do: 'read' }>) {
    const staging = device.createBuffer({ size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ })
    copying().copyBufferToBuffer(found(buffers, buffer), offset, staging, 0, size)
    submit()
    await staging.mapAsync(GPUMapMode.READ)
    port.post({ say: 'read', answer, bytes: new Uint8Array(staging.getMappedRange().slice(0)) })
    staging.destroy()
  }

  function dispatch({ pipeline, bindings, counts }: Extract<GraphicsCommand, { do: 'dispatch' }>) {
    const program = found(pipelines, pipeline)
    const entries = bindings.map(({ buffer, ...part }, binding) => ({
      binding,
      resource: { buffer: found(buffers, buffer), ...part },
    }))
    const group = device.createBindGroup({ layout: program.getBindGroupLayout(0), entries })
    computing().setPipeline(program)
    computing().setBindGroup(0, group)
    computing().dispatchWorkgroups(...counts)
  }

  function perform(command: GraphicsCommand) {
    switch (command.do) {
      case 'buffer':
        return void buffers.set(command.id, device.createBuffer({ size: command.size, usage: command.usage }))
      case 'write':
        // What was encoded before must not see it.
        submit()
        return device.queue.writeBuffer(found(buffers, command.buffer), command.offset, new Uint8Array(command.bytes))
      case 'destroy':
        submit()
        found(buffers, command.buffer).destroy()
        return void buffers.delete(command.buffer)
      case 'pipeline': {
        const module = device.createShaderModule({ code: command.code })
        const compute = { module, entryPoint: command.entryPoint }
        return void pipelines.set(command.id, device.createComputePipeline({ layout: 'auto', compute }))
      }
      case 'dispatch':
        return dispatch(command)
      case 'copy': {
        const [from, to] = [found(buffers, command.from), found(buffers, command.to)]
        return copying().copyBufferToBuffer(from, command.fromOffset, to, command.toOffset, command.size)
      }
      case 'read':
        return void read(command).catch((error) => port.post({ ...failureOf(error), answer: command.answer }))
    }
  }

  return { perform, submit }
}
