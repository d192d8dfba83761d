import type { Locator, Page } from '@playwright/test'
import { decodeFrame } from '../main/link/frames'
import { takeSample } from './sample'
import { expect, goTo, test } from './workbench'

test('what arrives moves nothing under the pointer', async ({ page, workbench }) => {
  const hold = await holdBack(page)
  const main = page.getByRole('main')
  const region = (name: string) => main.getByRole('region', { name, exact: true })
  await takeSample(page, workbench.url)

  await test.step('the counts of a split', async () => {
    const height = async () => (await region('Split').getByRole('table', { name: 'Split' }).boundingBox())?.height
    const preview = hold.answersTo('splits.preview')
    const costs = hold.answersTo('models.estimate')
    await goTo(page, 'Train')
    await expect.poll(() => preview.count() * costs.count()).toBeGreaterThan(0)
    const before = await height()
    preview.release()
    await expect(region('Split').getByRole('cell', { name: '300', exact: true }).first()).toBeVisible()
    expect(await height()).toBe(before)

    const toggle = page.getByRole('button', { name: /^GMF: / })
    await toggle.scrollIntoViewIfNeeded()
    const card = await toggle.boundingBox()
    if (!card) throw new Error('the card of GMF is not on the screen')
    await page.mouse.move(card.x + card.width / 2, card.y + card.height / 2)
    await page.mouse.down()
    costs.release()
    await expect(page.getByText(/^About .* of memory\.$/).first()).toBeVisible()
    await page.mouse.up()
    await expect(toggle).toHaveAttribute('aria-expanded', 'true')
  })

  await test.step('curves and metrics of a run', async () => {
    for (const name of ['Popularity', 'Item k-NN', 'iALS']) await page.getByRole('checkbox', { name }).uncheck()
    await page.getByRole('checkbox', { name: 'GMF' }).check()
    const end = hold.news('"state":"done"')
    await page.getByRole('button', { name: 'Train 1 model' }).click()
    const nothingComes = [await nothingComesTo(main.getByRole('button', { name: 'Cancel gmf-1' }))]
    await main.getByRole('link', { name: 'gmf-1' }).click()
    await expect(region('Metrics').getByText('They come once it is trained.')).toBeVisible()
    await expect.poll(end.count).toBeGreaterThan(0)
    for (const name of ['Pause gmf-1', 'Cancel gmf-1']) {
      nothingComes.push(await nothingComesTo(main.getByRole('button', { name })))
    }
    const names = ['Metrics', 'Split', 'Log', 'Parameters', 'Tags and notes']
    const stay = await Promise.all(names.map((name) => place(region(name))))
    end.release()
    await expect(main.getByText('trained in')).toBeVisible()
    await expect(main.getByText('Left out: ', { exact: false })).toBeVisible()
    for (const stays of stay) await stays()
    for (const comes of nothingComes.slice(1)) await comes()
    await goTo(page, 'Train')
    await expect(main.getByRole('button', { name: 'Delete gmf-1' })).toBeVisible()
    await nothingComes[0]()
  })

  await test.step('a history, a list and its rules', async () => {
    const answers = hold.answersTo('users.history', 'sandbox.lists', 'sandbox.categories')
    await goTo(page, 'Users')
    await main.getByRole('table', { name: 'Users' }).getByRole('button').first().click()
    await expect.poll(answers.count).toBe(3)
    const stay = await Promise.all([/^History/, 'gmf-1'].map((name) => place(main.getByRole('region', { name }))))
    answers.release()
    await expect(page.getByRole('table', { name: 'List of gmf-1' })).toBeVisible()
    await expect(page.getByRole('table', { name: 'History' })).toBeVisible()
    await expect(main.getByRole('combobox', { name: 'Only' })).toBeVisible()
    for (const stays of stay) await stays()
  })
})

/** Where something stands; what it gives fails where it stands elsewhere by then. */
async function place(locator: Locator): Promise<() => Promise<void>> {
  const top = async () => {
    const box = await locator.boundingBox({ timeout: 15_000 })
    return box && [Math.round(box.x), Math.round(box.y)]
  }
  const before = await top()
  expect(before).not.toBeNull()
  return async () => expect(await top(), String(locator)).toEqual(before)
}

/** What it gives fails where by then something acts at a press on the place of a button. */
async function nothingComesTo(button: Locator): Promise<() => Promise<void>> {
  const box = await button.boundingBox()
  if (!box) throw new Error(`${button} is not on the screen`)
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const act = ({ x, y }: typeof middle) => document.elementFromPoint(x, y)?.closest('button, a')?.textContent
  return async () => expect(await button.page().evaluate(act, middle), String(button)).toBeUndefined()
}

interface Held {
  count(): number
  release(): void
}

interface Frame {
  /** Of a request: what is called, with what. */
  m?: string
  a?: unknown[]
  t: 'q' | 's'
  i?: string
}

/** Keeps what the engine says from the page until it is let go. */
async function holdBack(page: Page) {
  const asked = new Map<string, unknown>()
  const holds = new Set<{ wants(frame: Frame): boolean; held: (() => void)[] }>()
  await page.routeWebSocket(/\/engine/, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      const { a, i } = decodeFrame(message as Buffer) as Frame
      if (a && i) asked.set(i, a[0])
      server.send(message)
    })
    server.onMessage((message) => {
      const frame = decodeFrame(message as Buffer) as Frame
      const pass = () => socket.send(message)
      const hold = [...holds].find(({ wants }) => wants(frame))
      if (hold) hold.held.push(pass)
      else pass()
    })
  })
  function hold(wants: (frame: Frame) => boolean): Held {
    const entry = { wants, held: [] as (() => void)[] }
    holds.add(entry)
    return {
      count: () => entry.held.length,
      release() {
        holds.delete(entry)
        for (const pass of entry.held.splice(0)) pass()
      },
    }
  }
  return {
    answersTo: (...calls: string[]) =>
      hold(({ t, i = '' }) => t === 's' && calls.some((call) => asked.get(i) === call)),
    /** Events of which some say this; those that follow wait for them. */
    news: (text: string) => hold(({ t, a }) => t === 'q' && JSON.stringify(a).includes(text)),
  }
}
