import * as v from 'valibot'
import { type CleanStep, type CleanStepId, cleanStepSchema } from '../../main/contract/clean'
import type { DatasetRecord } from '../../main/contract/records'
import { type FieldProblem, numberProblem } from './parameters'
import { type StepField, type StepFields, type StepValue, stepForms, stepIds } from './recipe-steps'

/** A step as it stands in the form, where it may be switched off or unfinished. */
export interface RecipeLine {
  /** Of this line within its recipe, for as long as it stands there. */
  id: number
  on: boolean
  step: CleanStepId
  fields: StepFields
}
export type Recipe = readonly RecipeLine[]

export function withStep(recipe: Recipe, step: CleanStepId, dataset: DatasetRecord): Recipe {
  return [...recipe, { id: nextId(recipe), on: true, step, fields: stepForms[step].initial(dataset) }]
}

export function withoutLine(recipe: Recipe, id: number): Recipe {
  return recipe.filter((line) => line.id !== id)
}

export function changeLine(recipe: Recipe, id: number, changes: Partial<Omit<RecipeLine, 'id'>>): Recipe {
  return recipe.map((line) => (line.id === id ? { ...line, ...changes } : line))
}

/** The recipe with a line at another place; places beyond the ends are the ends. */
export function moveLine(recipe: Recipe, id: number, place: number): Recipe {
  const moved = recipe.find((line) => line.id === id)
  if (!moved) return recipe
  const others = withoutLine(recipe, id)
  return others.toSpliced(Math.max(0, Math.min(place, others.length)), 0, moved)
}

function nextId(recipe: Recipe): number {
  return Math.max(0, ...recipe.map(({ id }) => id)) + 1
}

/** Steps as lines of a form. */
export function recipeOf(steps: readonly CleanStep[], dataset: DatasetRecord): Recipe {
  return steps.map((step, at) => ({ id: at + 1, on: true, step: step.step, fields: fieldsOf(step, dataset) }))
}

function fieldsOf(step: CleanStep, dataset: DatasetRecord): StepFields {
  const { step: id, ...given } = step
  const fields: Record<string, StepValue> = Object.fromEntries(
    Object.keys(stepForms[id].fields).map((name) => [name, emptyOf(stepForms[id].fields[name])]),
  )
  const written = { ...stepForms[id].initial(dataset), ...fields, ...given } as Record<string, StepValue>
  if (step.step === 'sample-users') written.by = step.count === undefined ? 'share' : 'count'
  if (step.step === 'attribute-filter') written.keep = step.keep ? 'keep' : 'drop'
  return written
}

function emptyOf({ kind }: StepField): StepValue {
  if (['number', 'date', 'choice', 'attribute', 'bound'].includes(kind)) return ''
  return kind === 'weights' ? {} : []
}

/** The fields of a line that are in use, in the order of its form. */
export function usedFields({ step, fields }: RecipeLine, dataset: DatasetRecord): string[] {
  const form = stepForms[step]
  const used = form.used?.(fields, dataset) ?? Object.keys(form.fields)
  return Object.keys(form.fields).filter((name) => used.includes(name))
}

/** The step that a line stands for, or null where it is not finished. */
export function stepOf(line: RecipeLine, dataset: DatasetRecord): CleanStep | null {
  const { choosers = [] } = stepForms[line.step]
  const entries = usedFields(line, dataset)
    .filter((name) => !choosers.includes(name))
    .map((name) => [name, line.fields[name]] as const)
    .filter(([name, value]) => value !== '' && !(name === 'values' && isEmpty(value)))
  const step: Record<string, unknown> = { step: line.step, ...Object.fromEntries(entries) }
  if (line.step === 'attribute-filter') step.keep = line.fields.keep === 'keep'
  const result = v.safeParse(cleanStepSchema, step)
  return result.success ? result.output : null
}

function isEmpty(value: StepValue): boolean {
  return Array.isArray(value) && value.length === 0
}

export type LineProblem = { field: string; problem: FieldProblem } | { field: null; problem: { kind: 'unfinished' } }

/** What is wrong with a line, or null. */
export function lineProblem(line: RecipeLine, dataset: DatasetRecord): LineProblem | null {
  for (const field of usedFields(line, dataset)) {
    const problem = fieldProblem(stepForms[line.step].fields[field], line.fields[field])
    if (problem) return { field, problem }
  }
  return stepOf(line, dataset) === null ? { field: null, problem: { kind: 'unfinished' } } : null
}

function fieldProblem(field: StepField, value: StepValue): FieldProblem | null {
  if (field.kind === 'weights') {
    const weights = Object.values(value as Record<string, number | string>)
    return weights.map((weight) => numberProblem(weight, { integer: false, ...anyWeight })).find(Boolean) ?? null
  }
  if (field.kind !== 'number' || (field.optional && value === '')) return null
  const { integer = false, minimum = -Number.MAX_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = field
  return numberProblem(value as number | string, { integer, minimum, maximum })
}

const anyWeight = { minimum: 0, maximum: Number.MAX_SAFE_INTEGER }

/** The steps that are switched on, up to the first that is not finished. */
export function stepsOf(recipe: Recipe, dataset: DatasetRecord): CleanStep[] {
  const steps = recipe.filter(({ on }) => on).map((line) => (lineProblem(line, dataset) ? null : stepOf(line, dataset)))
  const end = steps.indexOf(null)
  return (end === -1 ? steps : steps.slice(0, end)) as CleanStep[]
}

const value = v.union([
  v.number(),
  v.string(),
  v.boolean(),
  v.array(v.string()),
  v.record(v.string(), v.union([v.number(), v.string()])),
])
/** A recipe as a workspace remembers it. */
export const recipeSchema = v.array(
  v.object({
    id: v.pipe(v.number(), v.integer()),
    on: v.boolean(),
    step: v.picklist(stepIds),
    fields: v.record(v.string(), value),
  }),
)
