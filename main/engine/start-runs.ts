import type { CheckedInput } from '../contract/calls'
import type { DatasetRecord, Remarks, RunRecord } from '../contract/records'
import { findModel, parametersOf } from '../models/registry'
import type { Store } from '../store'
import { checkEncoders, chooseFeatures } from './features'
import type { FileAccess } from './files'
import { chooseItemAttribute } from './item-attribute'
import { chooseMembers, type MemberChoice, memberOf, refuseOtherData, requireValidation } from './members'
import { newRun } from './new-run'
import { chooseSplit, type Preparer } from './prepare'
import { type Repetition, repetitionsOf } from './repeats'
import type { RunQueue } from './run-queue'
import type { RunRecords } from './run-records'
import { holdsOutUsers, requireFoldIn } from './splits'
import { candidatesFileOf } from './train-run'

interface StartOptions {
  store: Store
  files: FileAccess
  preparer: Preparer
  records: RunRecords
  queue: Pick<RunQueue, 'enqueue'>
  threads: number
}

type StartInput = CheckedInput<'runs.start'>
/** Instead of what a run is called at first. */
export type FirstRemarks = Partial<Remarks & Pick<RunRecord, 'study'>>

/** Starts a run of each model, and of each repetition. */
export function runStarter(options: StartOptions): (input: StartInput, remarks?: FirstRemarks) => Promise<RunRecord[]> {
  return async (input, remarks = {}) => {
    const plan = await checkStart(input, options)
    const started: RunRecord[][] = []
    for (const [place] of plan.models.entries())
      started.push(await startSeries(place, started, { ...plan, input, remarks }, options))
    return started.flat()
  }
}

type Plan = Awaited<ReturnType<typeof checkStart>>

/** What the input asks for, model by model. Throws before anything starts where something of it cannot be. */
async function checkStart(input: StartInput, options: StartOptions) {
  const dataset = await options.store.dataset(input.datasetId)
  const split = chooseSplit(dataset, input.clean, input.split)
  const candidatesFile = candidatesFileOf(input)
  if (candidatesFile !== null) await options.files.check(candidatesFile)
  await checkEncoders(input.features ?? [], dataset, options.files)
  chooseItemAttribute(dataset, input.clean, input.evaluation)
  const models = input.models.map(({ model, ...entry }, index) => ({
    model,
    params: parametersOf(findModel(model), entry, `models[${index}]`),
    features: chooseFeatures(findModel(model), dataset, input.clean, input.features),
  }))
  const repetitions = repetitionsOf(input.repeat, { seed: input.seed, split })
  for (const [index, { model, params }] of models.entries()) {
    if (holdsOutUsers(split)) requireFoldIn(findModel(model), `models[${index}].model`)
    requireValidation(findModel(model), params, split, `models[${index}]`)
  }
  return { dataset, models, repetitions, choices: await membersOf(input, dataset, repetitions, options) }
}

/** What the model of each entry is made of; runs that are members were trained on the data of each repetition. */
async function membersOf(
  input: StartInput,
  dataset: DatasetRecord,
  repetitions: Repetition[],
  { records, preparer }: StartOptions,
): Promise<(MemberChoice[] | null)[]> {
  const entries = input.models.map(({ model, members }) => ({ model: findModel(model), members }))
  const choices = entries.map((_, index) => chooseMembers(entries, index, records.find))
  for (const [index, members] of choices.entries()) {
    const runs = members?.filter((member) => typeof member === 'object') ?? []
    if (runs.length === 0) continue
    for (const repetition of repetitions) {
      const request = { ...input, dataset, candidatesFile: candidatesFileOf(input), ...repetition }
      const hash = await preparer.hash(request)
      const stranger = runs.find(({ prepared }) => prepared !== hash)
      if (stranger) throw refuseOtherData(stranger, `models[${index}].members`)
    }
  }
  return choices
}

/** The runs of one entry; those of the entries before it are there for what is made of them. */
async function startSeries(
  place: number,
  before: readonly RunRecord[][],
  { input, remarks, dataset, models, repetitions, choices }: Plan & { input: StartInput; remarks: FirstRemarks },
  { records, queue, threads }: StartOptions,
): Promise<RunRecord[]> {
  const { clean, evaluation, repeat, device } = input
  const ids = repetitions.map(() => records.nextId(models[place].model))
  const runs: RunRecord[] = []
  for (const [index, repetition] of repetitions.entries()) {
    const series = repeat && { id: ids[0], kind: repeat.kind, index, count: ids.length }
    const made = choices[place]?.map((choice) => (typeof choice === 'number' ? before[choice][index] : choice))
    const members = made?.map(memberOf) ?? null
    const settings = { ...models[place], members, clean, evaluation, deviceChoice: device, ...repetition }
    const run = newRun(ids[index], dataset, settings, threads)
    runs.push(await queue.enqueue(run.id, () => records.add({ ...run, series, ...remarks })))
  }
  return runs
}
