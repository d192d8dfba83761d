import type { Evaluation, Split } from '../../contract/experiment'
import type { SplitCounts } from '../../contract/records'
import {
  type SplitPicture,
  type SplitWarning,
  type SplitWarningCode,
  type WarningLevel,
  warningLevels,
} from '../../contract/split-preview'

/** Shares above which numbers may mislead. */
const limits = { leak: 0.01, cold: 0.1, tied: 0.1, withoutTest: 0.5 }

interface Facts {
  counts: SplitCounts
  picture: SplitPicture
  split: Split
  evaluation: Evaluation
}

/** What speaks against a split before anything is trained on it, the gravest first. */
export function warningsOf(facts: Facts): SplitWarning[] {
  const empty = (['train', 'test'] as const).filter((part) => facts.counts[part].interactions === 0)
  if (empty.length > 0) return empty.map((part) => ({ code: 'empty-part', level: 'block', data: { part } }))
  const checks = [futureLeak, repeated, candidates, cold, withoutTest, tied, order]
  const warnings = checks.flatMap((check) => check(facts))
  return warnings.sort((a, b) => warningLevels.indexOf(a.level) - warningLevels.indexOf(b.level))
}

/** A warning where there is anything to warn of. */
function about(
  code: SplitWarningCode,
  level: WarningLevel,
  { count, of, ...data }: { count: number; of: number } & Record<string, number>,
): SplitWarning[] {
  return count === 0 ? [] : [{ code, level, data: { found: count, share: count / of, ...data } }]
}

/** Meng et al. 2020, Exploring data splitting strategies; Ji et al. 2023, A critical study on data leakage. */
function futureLeak({ counts, picture }: Facts): SplitWarning[] {
  const last = picture.spans.train?.last
  const count = picture.beforeLastTraining ?? 0
  const of = counts.test.interactions
  return last === undefined ? [] : about('future-leak', count > of * limits.leak ? 'warn' : 'info', { count, of, last })
}

function repeated({ counts, picture, split, evaluation }: Facts): SplitWarning[] {
  const code = split.strategy === 'predefined' ? 'parts-overlap' : 'repeated-across'
  const data = { count: picture.repeatedAcross, of: counts.test.interactions }
  return about(code, evaluation.exclude_seen ? 'warn' : 'info', data)
}

function cold({ counts: { coldUsers, coldItems, test } }: Facts): SplitWarning[] {
  const level = (count: number, of: number) => (count > of * limits.cold ? 'warn' : 'info')
  return [
    ...about('cold-users', level(coldUsers, test.users), { count: coldUsers, of: test.users }),
    ...about('cold-items', level(coldItems, test.items), { count: coldItems, of: test.items }),
  ]
}

/** Of held-out users all have test items; the others are not meant to. */
function withoutTest({ counts, picture, split }: Facts): SplitWarning[] {
  if (split.strategy === 'user-holdout') return []
  const count = picture.usersWithoutTest
  const users = count + counts.test.users
  return about('users-without-test', count > users * limits.withoutTest ? 'warn' : 'info', { count, of: users, users })
}

/** Where the latest are held out, ties are held out by their place in the file. */
function tied({ counts, picture, split }: Facts): SplitWarning[] {
  if (split.strategy !== 'leave-last-out') return []
  const of = counts.test.interactions
  const count = picture.tied ?? 0
  return count > of * limits.tied ? about('tied-times', 'warn', { count, of }) : []
}

/** Krichene and Rendle 2020, On sampled metrics for item recommendation. */
function candidates({ evaluation }: Facts): SplitWarning[] {
  const given = evaluation.candidates
  if (typeof given !== 'object' || !('sampled' in given)) return []
  return [{ code: 'sampled-candidates', level: 'warn', data: { sampled: given.sampled } }]
}

function order({ picture }: Facts): SplitWarning[] {
  return picture.timeline === null ? [{ code: 'no-order', level: 'info', data: {} }] : []
}
