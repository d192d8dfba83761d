/** What a window remembers of a workspace between visits; anything that cannot be read counts as forgotten. */
export interface Memory {
  datasetInForce: string | null
  colours: [runId: string, place: number][]
}

const nothing: Memory = { datasetInForce: null, colours: [] }

export function readMemory(workspace: string): Memory {
  try {
    return parseMemory(localStorage.getItem(keyOf(workspace)))
  } catch {
    return nothing
  }
}

export function parseMemory(text: string | null): Memory {
  const found: Partial<Memory> | null = JSON.parse(text ?? 'null')
  const dataset = found?.datasetInForce
  const colours = Array.isArray(found?.colours) ? found.colours.filter(isColour) : []
  return { datasetInForce: typeof dataset === 'string' ? dataset : null, colours }
}

export function writeMemory(workspace: string, memory: Memory): void {
  try {
    localStorage.setItem(keyOf(workspace), JSON.stringify(memory))
  } catch {
    // Storage is full or forbidden: the next visit starts with the defaults.
  }
}

function isColour(entry: unknown): entry is Memory['colours'][number] {
  return Array.isArray(entry) && typeof entry[0] === 'string' && Number.isInteger(entry[1]) && entry[1] >= 0
}

function keyOf(workspace: string): string {
  return `topn.workspace.${workspace}`
}
