import { join } from 'node:path'
import { writeFileAtomic } from '../../files/atomic'
import type { ExportSource } from './format'

/** Writes text as a file, whole or not at all. */
export function writeText(folder: string, name: string, text: string): Promise<void> {
  return writeFileAtomic(join(folder, name), Buffer.from(text))
}

export function writeJson(folder: string, name: string, value: unknown): Promise<void> {
  return writeText(folder, name, `${JSON.stringify(value, null, 2)}\n`)
}

/** Row `n` of the arrays of users or items belongs to the `n`th id of the list. */
export async function writeIds(folder: string, { prepared }: Pick<ExportSource, 'prepared'>): Promise<void> {
  const { userIds, itemIds, titles } = prepared
  await writeText(folder, 'user_ids.json', JSON.stringify(userIds))
  await writeText(folder, 'item_ids.json', JSON.stringify(itemIds))
  if (titles) await writeText(folder, 'titles.json', JSON.stringify(titles))
}

/** The model card, in the form that model hubs read. */
export async function writeCard(
  folder: string,
  source: ExportSource,
  files: readonly [string, string][],
): Promise<void> {
  await writeText(folder, 'README.md', cardOf(source, files))
}

export function cardOf(
  { about, manifest, model, prepared, settings }: ExportSource,
  files: readonly [string, string][],
) {
  const { precision, prune } = settings.compression
  const metrics = Object.entries(manifest.metrics).map(([key, value]) => `| ${key} | ${value} |`)
  const params = Object.entries(manifest.params).map(([key, value]) => `| ${key} | ${value} |`)
  const smaller =
    precision === 'float32' && prune === 0
      ? []
      : [`- Made smaller: ${precision}, ${prune * 100} % of the weights set to 0`]
  return `${[
    '---',
    'library_name: topn',
    'tags: [recommender-systems, top-n]',
    'license: other',
    '---',
    '',
    `# ${plain(about.run)}`,
    '',
    `${model.name}: ${model.summary}`,
    '',
    `- ${model.assumes}`,
    `- ${model.suits}`,
    `- After: ${model.source}`,
    `- Data: ${plain(about.dataset)}, ${prepared.userIds.length} users, ${prepared.itemIds.length} items, ${prepared.train.itemIndices.length} training interactions`,
    `- Trained on: ${manifest.trainedOn === 'train' ? 'the training part' : 'all parts'}, seed ${manifest.seed}, ${manifest.createdAt}`,
    ...smaller,
    ...hidden(about.pseudonymised),
    '',
    '## Files',
    '',
    ...files.map(([name, meaning]) => `- \`${name}\`: ${meaning}`),
    '',
    '## Parameters',
    '',
    '| parameter | value |',
    '|---|---|',
    ...params,
    '',
    '## Metrics on the test part',
    '',
    '| metric | value |',
    '|---|---|',
    ...metrics,
    '',
    `Written by TopN ${about.version}; run ${manifest.runId}, data ${manifest.prepared}.`,
  ].join('\n')}\n`
}

/** Names are text, not Markdown. */
const plain = (name: string) => name.replace(/[\\`*_{}[\]<>#|\r\n]/g, ' ')

function hidden(of: readonly string[]): string[] {
  return of.length === 0 ? [] : [`- Ids of ${of.join(' and ')} are pseudonyms; the files hold none of the original ids`]
}
