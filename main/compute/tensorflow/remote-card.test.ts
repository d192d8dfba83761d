import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { FromGraphics, GraphicsCommand } from '../../contract/graphics'
import { remoteCard } from './remote-card'

/** A page that the test plays. */
function createPage() {
  const posted: GraphicsCommand[] = []
  let hear: (message: FromGraphics) => void = () => {}
  let close: () => void = () => {}
  const channel = {
    post: (commands: GraphicsCommand[]) => void posted.push(...commands),
    onMessage(listener: typeof hear) {
      hear = listener
    },
    onClose(listener: typeof close) {
      close = listener
    },
  }
  const adapter = { name: 'card', isSoftware: true, vendor: 'v', architecture: 'a', limits: {} }
  return {
    channel,
    say: (message: FromGraphics) => hear(message),
    close: () => close(),
    /** The number of the last read that was asked for. */
    asked: () => posted.findLast((command) => command.do === 'read')!.answer,
    async device() {
      const card = remoteCard(channel)
      hear({ say: 'ready', adapter })
      return (await card).adapter.requestDevice()
    },
  }
}

const readable = (device: GPUDevice) => device.createBuffer({ size: 8, usage: 1 })

test('what was read is not kept', async () => {
  const page = createPage()
  const buffer = readable(await page.device())
  const read = async () => {
    const mapped = buffer.mapAsync(1)
    const bytes = new Uint8Array(8).fill(3)
    page.say({ say: 'read', answer: page.asked(), bytes })
    await mapped
    expect([...new Uint8Array(buffer.getMappedRange())]).toEqual(Array(8).fill(3))
    buffer.unmap()
    return new WeakRef(bytes)
  }
  const kept = await read()
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  // A weak reference lasts until the end of the turn that looked at it.
  await new Promise((resolve) => setImmediate(resolve))
  collect()
  expect(kept.deref()).toBeUndefined()
})

test('a read that fails is rejected, and only this one', async () => {
  const page = createPage()
  const device = await page.device()
  const errors: string[] = []
  device.addEventListener('uncapturederror', ({ error }) => void errors.push(error.message))
  const [first, second] = [readable(device), readable(device)]
  const failing = first.mapAsync(1)
  const answer = page.asked()
  const reading = second.mapAsync(1)
  page.say({ say: 'failed', reason: 'no mapping', isMemory: false, answer })
  await expect(failing).rejects.toThrow('no mapping')
  expect(errors).toEqual(['no mapping'])
  page.say({ say: 'read', answer: page.asked(), bytes: new Uint8Array(8) })
  await expect(reading).resolves.toBeUndefined()
})

test.each([
  ['the card is lost', 'gone', (page: ReturnType<typeof createPage>) => page.say({ say: 'lost', reason: 'gone' })],
  [
    'the window ends',
    'The window that computes for it has ended.',
    (page: ReturnType<typeof createPage>) => page.close(),
  ],
])('where %s, nothing waits any more', async (_, reason, end) => {
  const page = createPage()
  const device = await page.device()
  const buffer = readable(device)
  const reading = buffer.mapAsync(1)
  end(page)
  await expect(reading).rejects.toThrow(reason)
  await expect(buffer.mapAsync(1)).rejects.toThrow(reason)
  expect(await device.lost).toMatchObject({ message: reason })
})

test('a window that ends before it answers is a card that cannot be used', async () => {
  const page = createPage()
  const card = remoteCard(page.channel)
  page.close()
  await expect(card).rejects.toMatchObject({ code: 'DEVICE_FAILED', data: { device: 'webgpu', failure: 'missing' } })
})
