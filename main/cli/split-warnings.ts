import type { CallInput, EngineClient } from '../contract/calls'
import { smallTest, usualDifference } from '../contract/power'
import type { SplitWarning, SplitWarningCode } from '../contract/split-preview'

type Data = Record<string, string>

const sentences: Record<SplitWarningCode, (data: Data) => string> = {
  'empty-part': ({ part }) => `The ${part} part is empty. Choose another split, or clean less.`,
  'future-leak': ({ share, last }) =>
    `${share} of the test interactions happened before the last training interaction (${last}), so models learn from a future that they would not have. The split temporal avoids it.`,
  'parts-overlap': ({ found, share }) =>
    `The files overlap: ${found} test interactions (${share}) repeat a pair of user and item of the training file.`,
  'repeated-across': ({ found, share }) =>
    `${found} test interactions (${share}) repeat a pair of user and item of another part. Clean with {"step": "duplicates"}, or set exclude_seen to false.`,
  'users-without-test': ({ found, users, share }) =>
    `${found} of ${users} users (${share}) have no test items; the numbers speak of the others only.`,
  'cold-users': ({ found, share }) => `${found} users of the test part (${share}) have no history to learn from.`,
  'cold-items': ({ found, share }) => `${found} items of the test part (${share}) have no training interaction.`,
  'no-order': () => 'There are no timestamps, so it cannot be seen whether models learn from the future.',
  'tied-times': ({ found, share }) =>
    `${found} test interactions (${share}) have the time of a training interaction of their user; the order of lines decided.`,
  'sampled-candidates': ({ sampled }) =>
    `Only ${sampled} sampled items compete for each user; such metrics can reverse which of two models is better (Krichene and Rendle 2020).`,
  'small-test': ({ users, metric, detectable, needed, difference }) =>
    `With ${users} users a difference in ${metric} below ${detectable} will rarely be found; ${difference} takes ${needed} users.`,
}

/** What may mislead in the numbers of a split, one sentence each. */
export async function splitWarnings(client: EngineClient, split: CallInput<'splits.preview'>): Promise<string[]> {
  const { warnings, power } = await client.call('splits.preview', split)
  const small = smallTest(power, usualDifference)
  const all = small ? [...warnings, small] : warnings
  return all.filter(({ level }) => level === 'warn').map(({ code, data }) => sentences[code](written(data)))
}

function written(data: SplitWarning['data']): Data {
  const write = (name: string, value: number | string) => {
    if (typeof value === 'string') return value
    if (name === 'share') return `${Number((100 * value).toPrecision(3))} %`
    if (name === 'last') return new Date(value * 1000).toISOString().slice(0, 10)
    return String(Number.isInteger(value) ? value : Number(value.toPrecision(2)))
  }
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, write(name, value)]))
}
