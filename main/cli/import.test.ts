import { expect, test } from 'vitest'
import { importRun } from './import'

test.each([
  ['--lists', 'lists.csv'],
  ['--vectors', 'vectors.npz'],
  ['--trained', 'ials-1'],
])('--history-length is of scorers, not of %s', async (...what) => {
  const imported = async () => importRun.run(['--run', 'nowhere', ...what, '--history-length', '3'])
  await expect(imported()).rejects.toThrow('--history-length needs --scorer')
})
