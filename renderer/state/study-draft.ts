import type { CallInput } from '../../main/contract/calls'
import type { ModelDescription, Parameter, ParameterValue } from '../../main/contract/parameters'
import {
  isRange,
  type ModelSpace,
  type ParameterSpace,
  type SamplerId,
  type StudyProposal,
} from '../../main/contract/tuning'
import { type FieldProblem, type FieldValue, numberProblem, parameterProblem } from './parameters'

/** What the form of a study holds of one parameter; number fields may hold unfinished text. */
export type SpaceDraft =
  | { kind: 'fixed'; value: FieldValue }
  | { kind: 'range'; from: FieldValue; to: FieldValue; isLogarithmic: boolean }
  | { kind: 'choices'; values: readonly ParameterValue[] }

export interface ModelSpaceDraft {
  model: string
  space: Readonly<Record<string, SpaceDraft>>
}

export interface SearchDraft {
  sampler: SamplerId
  halving: boolean
  objective: string
  /** Empty where there is none. */
  secondObjective: string
  trials: FieldValue
  minutes: FieldValue
  parallel: FieldValue
  seed: FieldValue
}

export interface StudyDraft extends SearchDraft {
  models: readonly ModelSpaceDraft[]
}

/** What was changed of a proposal; it stays when another one is made, of more or fewer models. */
export interface StudyEdits {
  search: Partial<SearchDraft>
  /** By model. */
  spaces: Readonly<Record<string, ModelSpaceDraft['space']>>
}

export const noEdits: StudyEdits = { search: {}, spaces: {} }

export function editedDraft(draft: StudyDraft, { search, spaces }: StudyEdits): StudyDraft {
  const models = draft.models.map((each) => ({ ...each, space: spaces[each.model] ?? each.space }))
  return { ...draft, ...search, models }
}

export function studyDraftOf(proposal: StudyProposal, models: readonly ModelDescription[]): StudyDraft {
  const { sampler, halving, objectives, budget, parallel, seed } = proposal
  return {
    models: proposal.models.map((space) => spaceDraftOf(space, models)),
    sampler,
    halving,
    objective: objectives[0],
    secondObjective: objectives[1] ?? '',
    trials: budget.trials ?? '',
    minutes: budget.minutes ?? '',
    parallel,
    seed,
  }
}

function spaceDraftOf({ model, space }: ModelSpace, models: readonly ModelDescription[]): ModelSpaceDraft {
  const parameters = models.find(({ id }) => id === model)?.parameters ?? []
  const drafts = parameters.map((parameter) => [parameter.name, draftOf(parameter, space[parameter.name])] as const)
  return { model, space: Object.fromEntries(drafts) }
}

function draftOf(parameter: Parameter, space: ParameterSpace | undefined): SpaceDraft {
  if (Array.isArray(space)) return { kind: 'choices', values: space }
  if (space === undefined || !isRange(space)) return { kind: 'fixed', value: space ?? parameter.default }
  const scale = space.scale ?? ('scale' in parameter ? parameter.scale : undefined)
  return { kind: 'range', from: space.from, to: space.to, isLogarithmic: scale === 'logarithmic' }
}

/** The kinds of search that a parameter's type allows. */
export function kindsOf({ type }: Parameter): readonly SpaceDraft['kind'][] {
  return type === 'integer' || type === 'number' ? ['fixed', 'range'] : ['fixed', 'choices']
}

/** A parameter searched in another way, with the widest of it to begin with. */
export function withKind(parameter: Parameter, kind: SpaceDraft['kind']): SpaceDraft {
  if (kind === 'fixed') return { kind, value: parameter.default }
  if (parameter.type === 'boolean') return { kind: 'choices', values: [true, false] }
  if (parameter.type === 'choice') return { kind: 'choices', values: parameter.choices }
  const [from, to] = parameter.search ?? [parameter.minimum, parameter.maximum]
  return { kind: 'range', from, to, isLogarithmic: parameter.scale === 'logarithmic' && from > 0 }
}

export interface StudyProblem {
  /** A parameter's name, or a field of the study. */
  field: string
  model?: string
  problem: FieldProblem | { kind: 'order' | 'logarithm' | 'choices' | 'budget' | 'models' | 'nothing' }
}

/** Everything that keeps the study from being started. */
export function studyProblems(draft: StudyDraft, models: readonly ModelDescription[]): StudyProblem[] {
  const problems: StudyProblem[] = []
  if (draft.models.length === 0) problems.push({ field: 'models', problem: { kind: 'models' } })
  for (const { model, space } of draft.models) {
    for (const parameter of models.find(({ id }) => id === model)?.parameters ?? []) {
      const problem = spaceProblem(parameter, space[parameter.name])
      if (problem) problems.push({ field: parameter.name, model, problem })
    }
  }
  const isSearched = ({ kind }: SpaceDraft) => kind !== 'fixed'
  if (draft.models.length > 0 && !draft.models.some(({ space }) => Object.values(space).some(isSearched)))
    problems.push({ field: 'models', problem: { kind: 'nothing' } })
  return [...problems, ...searchProblems(draft)]
}

function searchProblems({ trials, minutes, parallel, seed }: StudyDraft): StudyProblem[] {
  if (trials === '' && minutes === '') return [{ field: 'budget', problem: { kind: 'budget' } }]
  const rules = [
    { field: 'trials', value: trials, isNeeded: trials !== '', rule: { integer: true, minimum: 1, maximum: 10_000 } },
    {
      field: 'minutes',
      value: minutes,
      isNeeded: minutes !== '',
      rule: { integer: false, minimum: 0.1, maximum: 100_000 },
    },
    { field: 'parallel', value: parallel, isNeeded: true, rule: { integer: true, minimum: 1, maximum: 64 } },
    { field: 'seed', value: seed, isNeeded: true, rule: { integer: true, minimum: 0, maximum: 0xffffffff } },
  ]
  return rules.flatMap(({ field, value, isNeeded, rule }) => {
    const problem = isNeeded ? numberProblem(value, rule) : null
    return problem ? [{ field, problem }] : []
  })
}

function spaceProblem(parameter: Parameter, space: SpaceDraft | undefined): StudyProblem['problem'] | null {
  if (!space) return null
  if (space.kind === 'fixed') return parameterProblem(parameter, space.value)
  if (space.kind === 'choices') return space.values.length === 0 ? { kind: 'choices' } : null
  const wrong = parameterProblem(parameter, space.from) ?? parameterProblem(parameter, space.to)
  if (wrong) return wrong
  if (Number(space.from) >= Number(space.to)) return { kind: 'order' }
  return space.isLogarithmic && Number(space.from) <= 0 ? { kind: 'logarithm' } : null
}

/** Only for a draft without problems. */
export function searchOf(
  draft: StudyDraft,
): Pick<CallInput<'studies.create'>, 'models' | 'sampler' | 'halving' | 'objectives' | 'budget' | 'parallel' | 'seed'> {
  const { sampler, halving, objective, secondObjective, trials, minutes, parallel, seed } = draft
  return {
    models: draft.models.map(({ model, space }) => ({
      model,
      space: Object.fromEntries(Object.entries(space).map(([name, each]) => [name, spaceOf(each)])),
    })),
    sampler,
    halving,
    objectives: secondObjective === '' ? [objective] : [objective, secondObjective],
    budget: {
      ...(trials !== '' && { trials: Number(trials) }),
      ...(minutes !== '' && { minutes: Number(minutes) }),
    },
    parallel: Number(parallel),
    seed: Number(seed),
  }
}

function spaceOf(space: SpaceDraft): ParameterSpace {
  if (space.kind === 'fixed') return space.value
  if (space.kind === 'choices') return [...space.values]
  const { from, to, isLogarithmic } = space
  return { from: Number(from), to: Number(to), scale: isLogarithmic ? 'logarithmic' : 'linear' }
}
