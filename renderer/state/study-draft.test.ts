import { describe, expect, test } from 'vitest'
import type { ModelDescription } from '../../main/contract/parameters'
import type { StudyProposal } from '../../main/contract/tuning'
import {
  editedDraft,
  kindsOf,
  noEdits,
  type SpaceDraft,
  type StudyDraft,
  searchOf,
  studyDraftOf,
  studyProblems,
  withKind,
} from './study-draft'

const model = {
  id: 'm',
  name: 'M',
  parameters: [
    {
      name: 'alpha',
      meaning: '',
      type: 'number',
      default: 1,
      minimum: 0,
      maximum: 100,
      scale: 'logarithmic',
      search: [0.1, 10],
    },
    { name: 'neighbors', meaning: '', type: 'integer', default: 10, minimum: 1, maximum: 1000 },
    { name: 'measure', meaning: '', type: 'choice', default: 'cosine', choices: ['cosine', 'jaccard'] },
    { name: 'weighted', meaning: '', type: 'boolean', default: false },
  ],
} as unknown as ModelDescription
const [alpha, neighbors, measure, weighted] = model.parameters
const models = [model]

const proposal = {
  models: [{ model: 'm', space: { alpha: { from: 0.1, to: 10 }, measure: ['cosine', 'jaccard'], weighted: true } }],
  sampler: 'tpe',
  halving: true,
  objectives: ['ndcg@10'],
  budget: { minutes: 5 },
  parallel: 1,
  seed: 42,
} as unknown as StudyProposal

const withSpace = (draft: StudyDraft, space: Record<string, SpaceDraft>): StudyDraft => ({
  ...draft,
  models: draft.models.map((each) => ({ ...each, space: { ...each.space, ...space } })),
})

test('a proposal left as it is starts what was proposed', () => {
  const draft = studyDraftOf(proposal, models)
  expect(studyProblems(draft, models)).toEqual([])
  expect(searchOf(draft)).toEqual({
    models: [
      {
        model: 'm',
        space: {
          alpha: { from: 0.1, to: 10, scale: 'logarithmic' },
          neighbors: 10,
          measure: ['cosine', 'jaccard'],
          weighted: true,
        },
      },
    ],
    sampler: 'tpe',
    halving: true,
    objectives: ['ndcg@10'],
    budget: { minutes: 5 },
    parallel: 1,
    seed: 42,
  })
  expect(searchOf({ ...draft, secondObjective: 'coverage@10', trials: 20, minutes: '' })).toMatchObject({
    objectives: ['ndcg@10', 'coverage@10'],
    budget: { trials: 20 },
  })
})

test('what was changed stays with another proposal', () => {
  const other = { ...proposal, models: [...proposal.models, { model: 'n', space: {} }], budget: { minutes: 9 } }
  const space = { alpha: { kind: 'fixed', value: 2 } } as const
  const draft = editedDraft(studyDraftOf(other, models), { search: { trials: 20 }, spaces: { m: space, gone: space } })
  expect(draft).toMatchObject({ trials: 20, minutes: 9, models: [{ model: 'm', space }, { model: 'n' }] })
  expect(editedDraft(studyDraftOf(proposal, models), noEdits)).toEqual(studyDraftOf(proposal, models))
})

test('how a parameter is searched follows its type', () => {
  expect(kindsOf(neighbors)).toEqual(['fixed', 'range'])
  expect(kindsOf(weighted)).toEqual(['fixed', 'choices'])
  expect(withKind(alpha, 'range')).toEqual({ kind: 'range', from: 0.1, to: 10, isLogarithmic: true })
  expect(withKind(neighbors, 'range')).toEqual({ kind: 'range', from: 1, to: 1000, isLogarithmic: false })
  expect(withKind(measure, 'choices')).toEqual({ kind: 'choices', values: ['cosine', 'jaccard'] })
  expect(withKind(weighted, 'fixed')).toEqual({ kind: 'fixed', value: false })
})

describe('what keeps a study from starting', () => {
  const draft = studyDraftOf(proposal, models)
  const kinds = (wrong: StudyDraft) => studyProblems(wrong, models).map(({ field, problem }) => [field, problem.kind])
  const range = (from: number | string, to: number, isLogarithmic = false): SpaceDraft => ({
    kind: 'range',
    from,
    to,
    isLogarithmic,
  })

  test.each([
    ['a range that is none', withSpace(draft, { alpha: range(5, 5) }), [['alpha', 'order']]],
    ['a logarithm of zero', withSpace(draft, { alpha: range(0, 5, true) }), [['alpha', 'logarithm']]],
    ['more than is allowed', withSpace(draft, { alpha: range(1, 500) }), [['alpha', 'range']]],
    ['a half of a neighbour', withSpace(draft, { neighbors: range(1.5, 5) }), [['neighbors', 'integer']]],
    ['an unfinished number', withSpace(draft, { neighbors: { kind: 'fixed', value: '' } }), [['neighbors', 'empty']]],
    ['no choice', withSpace(draft, { measure: { kind: 'choices', values: [] } }), [['measure', 'choices']]],
    ['no model', { ...draft, models: [] }, [['models', 'models']]],
    ['no budget', { ...draft, minutes: '' }, [['budget', 'budget']]],
    ['half a trial', { ...draft, trials: 0.5 }, [['trials', 'integer']]],
  ] as [string, StudyDraft, string[][]][])('%s', (_, wrong, found) => {
    expect(kinds(wrong)).toEqual(found)
  })

  test('nothing that is searched', () => {
    const fixed = { alpha: { kind: 'fixed', value: 1 }, measure: { kind: 'fixed', value: 'cosine' } } as const
    expect(kinds(withSpace(draft, fixed))).toEqual([['models', 'nothing']])
  })
})
