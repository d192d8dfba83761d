import { TopnError } from '../contract/errors'
import type { HoldOut, Split } from '../contract/experiment'
import type { PartCounts, SplitCounts } from '../contract/records'
import type { Interactions } from '../models/model'
import type { Random } from '../models/random'
import type { EncodedInteractions } from './prepared'
import { holdOut } from './split/hold-out'

export interface Parts {
  train: Interactions
  /** Known histories of held-out users, who are in no row of `train`; null where no user is held out. */
  foldIn: Interactions | null
  validation: Interactions | null
  test: Interactions
}

const partOfTrain = 0
const partOfValidation = 1
const partOfTest = 2
const partOfFoldIn = 3

/**
 * Cuts interactions into parts. The test part is cut off first, then validation off what is left. Every interaction is
 * in exactly one part; within a part a user's interactions keep their order of time and file.
 */
export function splitInteractions(encoded: EncodedInteractions, split: Split, random: Random): Parts {
  const parts = new Uint8Array(encoded.users.length)
  if (split.strategy === 'predefined') takePredefined(parts, encoded, split.join_validation ?? false)
  else holdOutPart(parts, encoded, split, partOfTest, 'split', random.derive('test'))
  const { validation } = split
  if (typeof validation === 'object') {
    holdOutPart(parts, encoded, validation, partOfValidation, 'split.validation', random.derive('validation'))
  }
  const isJoined = split.strategy === 'predefined' && split.join_validation === true
  const hasValidation = parts.includes(partOfValidation) || (validation !== undefined && !isJoined)
  return {
    train: selectPart(encoded, parts, partOfTrain),
    foldIn: parts.includes(partOfFoldIn) ? selectPart(encoded, parts, partOfFoldIn) : null,
    validation: hasValidation ? selectPart(encoded, parts, partOfValidation) : null,
    test: selectPart(encoded, parts, partOfTest),
  }
}

/** What tuning may read: the validation part is what is judged, and the test part is not there. */
export function withoutTest({ train, foldIn, validation, test }: Parts): Parts {
  const { users, timestamps } = test
  const none: Interactions = {
    ...test,
    offsets: new Uint32Array(users + 1),
    itemIndices: new Uint32Array(0),
    values: new Float32Array(0),
    timestamps: timestamps && new Float64Array(0),
  }
  return { train, foldIn, validation: null, test: validation ?? none }
}

/** Sizes of the parts; cold users and items occur in the test part but not in what is known of them. */
export function countParts({ train, foldIn, validation, test }: Parts): Omit<SplitCounts, 'clean'> {
  const inTrain = presence(train)
  const known = foldIn ? presence(foldIn) : null
  const inTest = presence(test)
  return {
    train: counts(train),
    foldIn: foldIn && counts(foldIn),
    validation: validation && counts(validation),
    test: counts(test),
    coldUsers: inTest.users.reduce(
      (sum, present, user) => sum + (present & ~inTrain.users[user] & ~(known?.users[user] ?? 0) & 1),
      0,
    ),
    coldItems: inTest.items.reduce((sum, present, item) => sum + (present & ~inTrain.items[item] & 1), 0),
  }
}

function takePredefined(parts: Uint8Array, encoded: EncodedInteractions, joinValidation: boolean) {
  if (!encoded.parts) {
    const message = 'split.strategy: this dataset was not read from separate train and test files.'
    throw new TopnError('BAD_REQUEST', message, { field: 'split.strategy' })
  }
  parts.set(encoded.parts)
  if (joinValidation) for (const [row, part] of parts.entries()) if (part === partOfValidation) parts[row] = partOfTrain
}

/** Marks what a strategy takes of the training part as it stands; `field` is where the request says so. */
function holdOutPart(
  parts: Uint8Array,
  encoded: EncodedInteractions,
  rule: HoldOut,
  part: number,
  field: string,
  random: Random,
) {
  const rows = new Uint32Array(parts.length)
  let count = 0
  for (let row = 0; row < parts.length; row++) if (parts[row] === partOfTrain) rows[count++] = row
  const { held, foldIn } = holdOut(encoded, rows.subarray(0, count), rule, field, random)
  for (const row of held) parts[row] = part
  for (const row of foldIn) parts[row] = partOfFoldIn
}

/** Compressed rows of one part. */
function selectPart(encoded: EncodedInteractions, parts: Uint8Array, part: number): Interactions {
  const users = encoded.userIds.length
  const offsets = new Uint32Array(users + 1)
  for (let row = 0; row < parts.length; row++) if (parts[row] === part) offsets[encoded.users[row] + 1]++
  for (let user = 0; user < users; user++) offsets[user + 1] += offsets[user]
  const length = offsets[users]
  const itemIndices = new Uint32Array(length)
  const values = new Float32Array(length)
  const timestamps = encoded.timestamps ? new Float64Array(length) : null
  // Rows come in order of user, time and file, so one pass fills them in order.
  for (let row = 0, at = 0; row < parts.length; row++) {
    if (parts[row] !== part) continue
    itemIndices[at] = encoded.items[row]
    values[at] = encoded.values[row]
    if (timestamps && encoded.timestamps) timestamps[at] = encoded.timestamps[row]
    at++
  }
  return { users, items: encoded.itemIds.length, offsets, itemIndices, values, timestamps }
}

export function presence({ users, items, offsets, itemIndices }: Interactions) {
  const found = { users: new Uint8Array(users), items: new Uint8Array(items) }
  for (let user = 0; user < users; user++) found.users[user] = offsets[user + 1] > offsets[user] ? 1 : 0
  for (const item of itemIndices) found.items[item] = 1
  return found
}

function counts(part: Interactions): PartCounts {
  const { users, items } = presence(part)
  const sum = (flags: Uint8Array) => flags.reduce((total, flag) => total + flag, 0)
  return { interactions: part.itemIndices.length, users: sum(users), items: sum(items) }
}
