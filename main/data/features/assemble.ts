import type { FeatureRows, Features, Interactions } from '../../models/model'
import type { Block } from './block'
import type { EncodedFeature } from './encode'
import { interestsOf } from './interests'

/** What a model is given: all features of items, and of users, side by side. */
export function assembleFeatures(encoded: readonly EncodedFeature[], train: Interactions): Features {
  const ofUsers = encoded.filter(({ of }) => of === 'users')
  return {
    items: joinBlocks(
      encoded.filter(({ of }) => of === 'items'),
      train.items,
    ),
    users: joinBlocks(
      ofUsers.map((block) => (block.rowsOf === 'items' ? { ...block, ...interestsOf(block, train) } : block)),
      train.users,
    ),
  }
}

/** Blocks side by side, each row's numbers in the order of the blocks. */
export function joinBlocks(blocks: readonly (Block & { group: string })[], rows: number): FeatureRows {
  const starts: number[] = []
  let columns = 0
  for (const { names } of blocks) {
    starts.push(columns)
    columns += names.length
  }
  const offsets = new Uint32Array(rows + 1)
  const size = blocks.reduce((sum, { indices }) => sum + indices.length, 0)
  const indices = new Uint32Array(size)
  const values = new Float32Array(size)
  let at = 0
  for (let row = 0; row < rows; row++) {
    blocks.forEach((block, number) => {
      for (let entry = block.offsets[row]; entry < block.offsets[row + 1]; entry++) {
        indices[at] = starts[number] + block.indices[entry]
        values[at++] = block.values[entry]
      }
    })
    offsets[row + 1] = at
  }
  return { rows, columns, offsets, indices, values, blocks: blocks.map(({ group, names }) => ({ group, names })) }
}

/** What each column is called; the feature goes before a name that does not begin with it. */
export function columnNames({ blocks }: FeatureRows): string[] {
  return blocks.flatMap(({ group, names }) =>
    names.map((name) => (name === group || name.startsWith(`${group}: `) ? name : `${group}: ${name}`)),
  )
}
