import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { answerDialogs, chooseInMenu, test } from './desktop'

test('the window opens on its own scheme, connected to the workspace that was named', async ({ desktop }) => {
  const { app, page } = desktop
  expect(page.url()).toContain('app://topn/index.html')
  await expect(page.getByText('films').first()).toBeVisible()
  await expect(page.getByRole('main').getByRole('button', { name: 'Take the built-in sample' }).first()).toBeVisible()
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('a file of the command line, the menu or the dialog is shown for opening', async ({ desktop }) => {
  const { workspace } = desktop
  mkdirSync(workspace, { recursive: true })
  const file = join(workspace, 'a & b.csv')
  writeFileSync(file, 'user,item,rating\n1,2,3\n4,5,6\n')
  await answerDialogs(desktop.app, { path: file })
  await chooseInMenu(desktop.app, 'File', 'Open...')
  await expect(desktop.page.getByText('a & b.csv').first()).toBeVisible()
  await desktop.quit()
  await desktop.start(file)
  await expect(desktop.page.getByText('a & b.csv').first()).toBeVisible()
  const recent = await desktop.app.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()
      ?.items.find(({ label }) => label === 'File')
      ?.submenu?.items.find(({ label }) => label === 'Open Recent')
      ?.submenu?.items.map(({ label }) => label),
  )
  expect(recent?.[0]).toBe('a && b.csv')
})

test('the window comes back with the size that it was left with', async ({ desktop }) => {
  const bounds = { x: 30, y: 40, width: 1111, height: 777 }
  await desktop.app.evaluate(({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0].setBounds(wanted), bounds)
  await desktop.quit()
  const { window } = JSON.parse(readFileSync(join(desktop.userData, 'desktop.json'), 'utf8'))
  expect(window.bounds).toMatchObject({ width: 1111, height: 777 })
  await desktop.start()
  const found = await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].getNormalBounds())
  expect(found).toMatchObject({ width: 1111, height: 777 })
})

test('the menu drives the page', async ({ desktop }) => {
  await chooseInMenu(desktop.app, 'Go', 'Train')
  await expect(desktop.page).toHaveURL(/#\/train/)
  await chooseInMenu(desktop.app, 'Help', 'Keyboard Shortcuts')
  await expect(desktop.page.getByRole('dialog')).toBeVisible()
})
