import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { textOf } from '../../contract/errors'
import { deviceFailed } from './device-failed'
import { openOrdered } from './ordered-sums'
import { type GraphicsChannel, remoteCard } from './remote-card'
import type { Tensorflow } from './tensorflow'

/** A way to the graphics card: the adapter as WebGPU tells of it. */
export interface GraphicsCard {
  readonly adapter: GPUAdapter
  readonly name: string
  readonly isSoftware: boolean
}

/** TensorFlow.js on the graphics card, by WebGPU. */
export async function openWebgpu(find: () => Promise<GraphicsCard> = findCard): Promise<Tensorflow> {
  const { adapter, name, isSoftware } = await find()
  const device = await adapter.requestDevice(wishes(adapter))
  const watch = watchDevice(device)
  const { tf, webgpu } = await import('./generated/tensorflow')
  tf.removeBackend('webgpu')
  tf.registerBackend('webgpu', () => openOrdered(tf, webgpu, device, adapter.info))
  await tf.setBackend('webgpu')
  return { tf, backend: tf.getBackend(), device: 'webgpu', name, isSoftware, verify: watch.verify }
}

/** As much as the adapter has. */
function wishes({ features, limits }: GPUAdapter): GPUDeviceDescriptor {
  const wanted: GPUFeatureName[] = ['timestamp-query', 'bgra8unorm-storage']
  const names = [
    'maxComputeWorkgroupStorageSize',
    'maxComputeWorkgroupsPerDimension',
    'maxStorageBufferBindingSize',
    'maxBufferSize',
    'maxComputeWorkgroupSizeX',
    'maxComputeInvocationsPerWorkgroup',
  ] as const
  return {
    requiredFeatures: wanted.filter((name) => features.has(name)),
    requiredLimits: Object.fromEntries(names.map((name) => [name, limits[name]])),
  }
}

/** Hears of what WebGPU does not throw: what was computed since is worth nothing. */
function watchDevice(device: GPUDevice) {
  let failure: Error | undefined
  void device.lost.then(({ message }) => {
    failure ??= deviceFailed('webgpu', 'lost', message || 'Its driver gave it up.')
  })
  device.addEventListener('uncapturederror', ({ error }) => {
    const isMemory = error.constructor.name === 'GPUOutOfMemoryError' || /memory/i.test(error.message)
    failure ??= deviceFailed('webgpu', isMemory ? 'memory' : 'lost', error.message.split('\n')[0])
  })
  return {
    verify() {
      if (failure) throw failure
    },
  }
}

let askWindow: (() => GraphicsChannel) | null = null

/** Inside Electron, where Dawn fails, a window of its own computes. */
export function computeInWindow(open: () => GraphicsChannel): void {
  askWindow = open
}

async function findCard(): Promise<GraphicsCard> {
  if (!askWindow) return findByDawn()
  showToPage({} as GPU)
  return remoteCard(askWindow())
}

/** Dawn, which is Chromium's WebGPU, in plain Node. */
async function findByDawn(): Promise<GraphicsCard> {
  if (process.platform === 'linux' && !hasVulkan()) {
    throw missing('There is no Vulkan; install libvulkan1 and the driver of your graphics card.')
  }
  let adapter: GPUAdapter | null
  try {
    const { create, globals } = await import('webgpu')
    Object.assign(globalThis, globals)
    const gpu = create([])
    showToPage(gpu)
    adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  } catch (error) {
    throw missing(textOf(error), { cause: error })
  }
  if (!adapter) throw missing('No graphics card was found; install the driver of yours.')
  return cardOf(adapter)
}

export function cardOf(adapter: GPUAdapter): GraphicsCard {
  const { description, device, vendor, architecture, isFallbackAdapter } = adapter.info
  const name = description || device || `${vendor} ${architecture}`.trim() || 'graphics card'
  const words = `${name} ${device} ${architecture}`
  const isSoftware = isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render/i.test(words)
  return { adapter, name, isSoftware }
}

const missing = (reason: string, options?: ErrorOptions) => deviceFailed('webgpu', 'missing', reason, options)

/** Where TensorFlow.js looks for it. */
export function showToPage(gpu: GPU): void {
  if (!globalThis.navigator) Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true })
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true })
}

/** Dawn itself would only warn of it, on the error output. */
function hasVulkan(): boolean {
  const processors: Record<string, string> = { x64: 'x86_64', arm64: 'aarch64' }
  const ofProcessor = `${processors[process.arch] ?? process.arch}-linux-gnu`
  const usual = ['/usr/lib', '/lib', '/usr/lib64', '/lib64', '/usr/local/lib', '/run/opengl-driver/lib']
  const folders = [
    ...(process.env.LD_LIBRARY_PATH ?? '').split(':').filter((folder) => folder !== ''),
    ...usual.flatMap((folder) => [folder, join(folder, ofProcessor)]),
  ]
  return folders.some((folder) => existsSync(join(folder, 'libvulkan.so.1')))
}
