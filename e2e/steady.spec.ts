import type { Page } from '@playwright/test'
import { decodeFrame } from '../main/link/frames'
import { takeSample } from './sample'
import { expect, goTo, test } from './workbench'

test('costs that arrive move no card under the pointer', async ({ page, workbench }) => {
  const costs = await holdBack(page, 'models.estimate')
  await takeSample(page, workbench.url)
  await goTo(page, 'Train')
  await expect.poll(() => costs.count()).toBeGreaterThan(0)
  const toggle = page.getByRole('button', { name: /^GMF: / })
  await toggle.scrollIntoViewIfNeeded()
  const before = await toggle.boundingBox()
  if (!before) throw new Error('the card of GMF is not on the screen')
  await page.mouse.move(before.x + before.width / 2, before.y + before.height / 2)
  await page.mouse.down()
  costs.release()
  await expect(page.getByText(/^About .* of memory\.$/).first()).toBeVisible()
  await page.mouse.up()
  await expect(toggle).toHaveAttribute('aria-expanded', 'true')
})

/** Keeps the engine's answers to a call from the page until they are let go. */
async function holdBack(page: Page, call: string) {
  const asked = new Set<string>()
  const held: (() => void)[] = []
  let isHolding = true
  await page.routeWebSocket(/\/engine/, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      const { a, i } = decodeFrame(message as Buffer) as { a?: unknown[]; i?: string }
      if (a?.[0] === call && i) asked.add(i)
      server.send(message)
    })
    server.onMessage((message) => {
      const { t, i } = decodeFrame(message as Buffer) as { t: string; i?: string }
      const pass = () => socket.send(message)
      if (isHolding && t === 's' && i && asked.has(i)) held.push(pass)
      else pass()
    })
  })
  return {
    count: () => held.length,
    release() {
      isHolding = false
      for (const pass of held.splice(0)) pass()
    },
  }
}
