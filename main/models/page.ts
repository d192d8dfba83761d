import type { ModelDescription, Parameter } from '../contract/parameters'

/** The registry as a page: docs/models.md. */
export function modelsPage(models: readonly ModelDescription[]): string {
  const families = [...new Set(models.map(({ family }) => family))]
  const sections = families.flatMap((family) => {
    const own = models.filter((model) => model.family === family)
    return [`## ${family}`, ...own.map(sectionOf)]
  })
  return `${[opening, ...sections].join('\n\n')}\n`
}

const opening = `# Models, from the registry

Written by \`npm run docs:models\`; formulas and costs stand in [models/README.md](models/README.md). *Search* is what tuning
looks through unless told otherwise. \`foldIn\` takes new histories without training, \`checkpoint\` goes on from where a
run was cut off.`

function sectionOf(model: ModelDescription): string {
  const { id, name, feedback, summary, assumes, suits, source, capabilities, presets, parameters } = model
  return [
    `### ${name} (\`${id}\`)`,
    `${summary} ${assumes} ${suits}`,
    `Source: ${source}. Feedback: ${feedback}. Can: ${capabilities.map((each) => `\`${each}\``).join(', ')}.`,
    `Formula: [models/README.md](models/README.md#${anchorOf(`${name} (${id})`)}).`,
    tableOf(
      ['preset', 'meaning', 'changes'],
      presets.map((preset) => [`\`${preset.id}\``, preset.meaning, changesOf(preset.params)]),
    ),
    ...(parameters.length > 0
      ? [tableOf(['parameter', 'default', 'takes', 'search', 'meaning'], parameters.map(rowOf))]
      : []),
  ].join('\n\n')
}

function rowOf(parameter: Parameter): string[] {
  return [
    `\`${parameter.name}\``,
    String(parameter.default),
    rangeOf(parameter),
    searchOf(parameter),
    meaningOf(parameter),
  ]
}

function rangeOf(parameter: Parameter): string {
  if (parameter.type === 'boolean') return 'true or false'
  if (parameter.type === 'choice') return parameter.choices.join(', ')
  return `${parameter.minimum} to ${parameter.maximum}`
}

function searchOf({ search, type }: Parameter): string {
  if (search === undefined) return ''
  if (search === true) return 'both'
  return type === 'choice' ? search.join(', ') : search.join(' to ')
}

function meaningOf({ meaning, when }: Parameter): string {
  const conditions = Object.entries(when ?? {}).map(([name, values]) => `\`${name}\` ${values.join(' or ')}`)
  return conditions.length > 0 ? `${meaning} With ${conditions.join(' and ')}.` : meaning
}

function changesOf(params: Readonly<Record<string, unknown>>): string {
  const changes = Object.entries(params).map(([name, value]) => `\`${name}\` ${value}`)
  return changes.join(', ') || 'the defaults'
}

function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(header), `|${header.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')
}

/** As readers of Markdown make links of headings. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}
