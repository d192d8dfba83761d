import { isDeepStrictEqual } from 'node:util'
import { TopnError } from '../contract/errors'
import type { ModelEntry, Split } from '../contract/experiment'
import { needsValidation } from '../contract/parameters'
import type { Learned, RunMember, RunRecord } from '../contract/records'
import type { Model, Parameters } from '../models/model'
import { findModel } from '../models/registry'
import type { TaskMember } from '../training/tasks'
import { hasValidation } from './study-split'

/** An entry before it, by its place, or a trained run. */
export type MemberChoice = number | RunRecord

export interface MemberEntry {
  model: Model
  members: ModelEntry['members']
}

/**
 * What the model of an entry is made of; null for a model that is not made of runs. Throws BAD_REQUEST naming the field
 * where a member cannot be one, and what `findRun` throws.
 */
export function chooseMembers(
  entries: readonly MemberEntry[],
  index: number,
  findRun: (id: string) => RunRecord,
): MemberChoice[] | null {
  const { model, members } = entries[index]
  const field = `models[${index}].members`
  if (!model.memberWeights) {
    if (members === undefined) return null
    throw refusal(field, `${field}: ${model.id} is not made of other runs. Leave its members out.`)
  }
  const before = [...entries.slice(0, index).keys()].filter((place) => !entries[place].model.memberWeights)
  const chosen = members?.map((member, at) => {
    if (typeof member === 'number') return placeOf(entries, index, member, `${field}[${at}]`)
    return trained(findRun(member), `${field}[${at}]`)
  })
  const all = chosen ?? before
  if (all.length < 2)
    throw refusal(field, `${field}: name two trained runs at least, or put two models at least before it.`)
  return all
}

function placeOf(entries: readonly MemberEntry[], index: number, place: number, field: string): number {
  if (place >= index) throw refusal(field, `${field}: name an entry that stands before this one, by its place from 0.`)
  refuseNested(entries[place].model, field)
  return place
}

function trained(run: RunRecord, field: string): RunRecord {
  refuseNested(findModel(run.model), field)
  if (run.elsewhere?.from.kind === 'run')
    throw refusal(field, `${field}: ${run.name} was trained on other data and cannot be trained on this. Leave it out.`)
  if (run.elsewhere)
    throw refusal(field, `${field}: ${run.name} was made elsewhere and cannot be trained again. Leave it out.`)
  if (run.state === 'done') return run
  throw refusal(field, `${field}: ${run.name} is not trained. Choose trained runs.`)
}

function refuseNested(model: Model, field: string): void {
  if (model.memberWeights)
    throw refusal(field, `${field}: ${model.name} is made of runs itself. Name its members instead.`)
}

export function refuseOtherData({ name }: RunRecord, field: string): TopnError {
  return refusal(
    field,
    `${field}: ${name} was trained on other data or another split. Choose runs of the same data and split.`,
  )
}

/**
 * Throws BAD_REQUEST where a model needs a validation part and the split has none; or one of users who are held out of
 * training, by whom nothing that is made of runs is judged; `place` is its entry's.
 */
export function requireValidation(model: Model, params: Parameters, split: Split | undefined, place: string): void {
  if (!needsValidation(model, params)) return
  const [name] = Object.keys(model.needsValidation ?? {})
  const field = `${place}.params.${name}`
  const otherwise = firstWithout(model, name)
  const isJoined = split?.strategy === 'predefined' && split.join_validation
  if (!split || !hasValidation(split) || isJoined) {
    const advice = `Add one to the split, or give ${name} the value ${otherwise}.`
    throw refusal(field, `${field}: ${params[name]} needs a validation part. ${advice}`)
  }
  if (model.memberWeights && typeof split.validation === 'object' && split.validation.strategy === 'user-holdout') {
    const advice = `Choose another validation part, or give ${name} the value ${otherwise}.`
    throw refusal(field, `${field}: ${params[name]} needs validation items of users who are trained on. ${advice}`)
  }
}

/** The parameters of a trial, for training on the validation part too: what asks for one had none in the trial either. */
export function withoutValidation(model: Model, params: RunRecord['params']): RunRecord['params'] {
  if (!needsValidation(model, params)) return params
  const names = Object.keys(model.needsValidation ?? {})
  return { ...params, ...Object.fromEntries(names.map((name) => [name, firstWithout(model, name)])) }
}

/** The first choice of a parameter that needs no validation part. */
function firstWithout({ parameters, needsValidation: named }: Model, name: string): string {
  const parameter = parameters.find((each) => each.name === name)
  const choices = parameter?.type === 'choice' ? parameter.choices : []
  return choices.find((choice) => !named?.[name].includes(choice)) ?? ''
}

function refusal(field: string, message: string): TopnError {
  return new TopnError('BAD_REQUEST', message, { field })
}

export function memberOf({ id, name, model, params, seed, features }: RunRecord): RunMember {
  return { runId: id, name, model, params, seed, features, weight: null, learned: null }
}

/**
 * A member as work for a job: where it lies trained, or null where its run is gone, so that it is trained again. Throws
 * BAD_REQUEST where the run is there and gave no model.
 */
export function memberTask(
  member: RunMember,
  run: RunRecord | undefined,
  features: string | null,
  artifactOf: (runId: string) => string,
): TaskMember {
  // An id may be given again once its run is deleted for good.
  if (!run || !isSameRun(member, run)) return { ...member, features, artifact: null }
  if (run.state === 'done') return { ...member, features, artifact: artifactOf(run.id) }
  throw new TopnError('BAD_REQUEST', `${run.name} is not trained, so nothing can be made of it. Train it again first.`)
}

/** How a member's training ended, as its run knows it where the member is of an older version; null where neither does. */
export function memberLearned(member: RunMember, run: RunRecord | undefined): Learned | null {
  return member.learned ?? (run && isSameRun(member, run) ? run.learned : null)
}

function isSameRun(member: RunMember, run: RunRecord): boolean {
  return isDeepStrictEqual({ ...member, weight: null, learned: null }, { ...memberOf(run), name: member.name })
}
