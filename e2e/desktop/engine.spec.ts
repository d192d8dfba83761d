import { expect } from '@playwright/test'
import { isAlive } from '../processes'
import { answerDialogs, chooseInMenu, processesOf, shownDialogs, test, trainForLong } from './desktop'

test('an engine that is killed is started again, and nothing that was saved is lost', async ({ desktop }) => {
  const { app, page } = desktop
  await page.getByRole('main').getByRole('button', { name: 'Take the built-in sample' }).first().click()
  await expect(page.getByText('Profile of sample')).toBeVisible()
  await answerDialogs(app, { button: 0 })
  const [engine] = await processesOf(app, 'TopN engine')
  process.kill(engine, 'SIGKILL')
  await expect.poll(() => shownDialogs(app)).toHaveLength(1)
  const [{ message, buttons }] = await shownDialogs(app)
  expect(message).toMatch(/The engine ended with code \d+/)
  expect(buttons).toEqual(['Start it again', 'Show the log', 'Quit'])
  await expect(page.getByText('Profile of sample')).toBeVisible()
  expect(await processesOf(app, 'TopN engine')).not.toContain(engine)
})

test('quitting while a model trains asks; staying keeps it training', async ({ desktop }) => {
  const { app, page } = desktop
  await trainForLong(page)
  await answerDialogs(app, { button: 0 })
  await app.evaluate(({ app }) => app.quit())
  await expect.poll(() => shownDialogs(app)).toHaveLength(1)
  expect((await shownDialogs(app))[0].message).toMatch(/TopN is still working: .*ials/)
  expect(await processesOf(app, 'TopN job')).toHaveLength(1)
  await expect(page.getByText(/epoch \d+ of 1,?000/).first()).toBeVisible()
})

test('quitting all the same ends the job, the engine and the program', async ({ desktop }) => {
  const { app, page } = desktop
  await trainForLong(page)
  const processes = [...(await processesOf(app, 'TopN job')), ...(await processesOf(app, 'TopN engine'))]
  expect(processes).toHaveLength(2)
  await answerDialogs(app, { button: 1 })
  await desktop.quit()
  await expect.poll(() => processes.filter(isAlive)).toEqual([])
  await desktop.start()
  await expect(desktop.page.getByText('Profile of sample')).toBeVisible()
})

test('the engine can be restarted from the menu', async ({ desktop }) => {
  const { app, page } = desktop
  const [before] = await processesOf(app, 'TopN engine')
  await chooseInMenu(app, 'Help', 'Restart the Engine')
  await expect.poll(() => processesOf(app, 'TopN engine')).not.toEqual([before])
  await expect(page.getByRole('main').getByRole('button', { name: 'Take the built-in sample' }).first()).toBeVisible()
})
