import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { modelsPage } from './page'
import { describeModels } from './registry'

test('docs/models.md is what the registry says; `npm run docs:models` writes it', async () => {
  await expect(modelsPage(describeModels())).toMatchFileSnapshot(resolve(import.meta.dirname, '../../docs/models.md'))
})

test('a model is shown with all that is known of it', () => {
  const [gmf] = describeModels().filter(({ id }) => id === 'gmf')
  const page = modelsPage([gmf])
  expect(page).toContain('### GMF (`gmf`)')
  expect(page).toContain(`${gmf.summary} ${gmf.assumes} ${gmf.suits}`)
  expect(page).toContain(
    '| `embedding_size` | 32 | 1 to 512 | 8 to 128 | Components of the vectors of users and items. |',
  )
  expect(page).toContain('| `schedule` | constant | constant, cosine |')
  expect(page).toContain('models/README.md#gmf-gmf')
  for (const { id } of gmf.presets) expect(page).toContain(`| \`${id}\` |`)
})
