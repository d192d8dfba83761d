import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { memoryBytes } from '../compute/devices'
import { TopnError } from '../contract/errors'
import { readPrepared } from '../data/prepared-files'
import { everyoneParams } from '../engine/learning'
import { noItem } from '../evaluation/lists'
import { type FolderRun, findRun } from '../export/run-folder'
import { readSafetensors } from '../files/safetensors'
import { forkJob } from '../link/process'
import { writeListsParquet } from '../store'
import { readArtifactFile, readManifest } from '../training/artifact'
import { createTaskRunner, type TaskRunner } from '../training/processes'
import { listsFromTensors } from '../training/results'
import { readArguments, wholeNumber } from './arguments'
import type { Command } from './commands'
import { jobEntry } from './engine'
import { formatTable } from './table'

const usage = 'recommend --run DIR [--model ID] (--user U | --all [--out FILE.parquet]) [-k 10] [--json]'

export const recommend: Command = {
  usage,
  meaning:
    'Print the list of one user as the run was trained, or train on everything and write lists for all users. DIR is a folder that run wrote, or a workspace; ID a run or a model.',
  async run(args) {
    const { values } = readArguments(usage, args, {
      run: { type: 'string' },
      model: { type: 'string' },
      user: { type: 'string' },
      all: { type: 'boolean' },
      out: { type: 'string' },
      k: { type: 'string', short: 'k' },
      json: { type: 'boolean' },
    })
    if (values.run === undefined || (values.user === undefined) === !values.all) {
      throw new TopnError('BAD_REQUEST', `Name the folder with --run and one of --user and --all. Usage: topn ${usage}`)
    }
    const found = await findRun(values.run, values.model)
    const k = wholeNumber('-k', values.k, 10)
    const runTask = createTaskRunner(() => forkJob(jobEntry), memoryLimit())
    if (values.user !== undefined) return printList(found, values.user, k, values.json ?? false, runTask)
    const folder = resolve(values.run)
    const out = resolve(values.out ?? join(folder, 'lists', `${found.manifest.runId}-everyone.parquet`))
    await listEveryone(found, k, out, runTask)
    console.log(out)
  },
}

export function memoryLimit(): number {
  return Math.floor(memoryBytes() * 0.85)
}

const context = () => ({ signal: new AbortController().signal, report() {} })

async function printList(
  { manifest, artifact, prepared }: FolderRun,
  user: string,
  k: number,
  json: boolean,
  runTask: TaskRunner,
) {
  const { userIds, itemIds, titles } = await readPrepared(prepared)
  const index = userIds.indexOf(user)
  if (index < 0)
    throw new TopnError('NOT_FOUND', `There is no user ${user} in the data of ${manifest.runId}.`, { user })
  const lists = await inTemporaryFolder(async (folder) => {
    const output = join(folder, 'lists.safetensors')
    const excludeSeen = manifest.evaluation?.exclude_seen ?? true
    await runTask({ kind: 'lists', prepared, artifact, users: [index], k, excludeSeen, threads: 1, output }, context())
    return listsFromTensors(await readSafetensors(output))
  })
  const listed = [...lists.items]
    .filter((item) => item !== noItem)
    .map((item, at) => ({ rank: at + 1, item: itemIds[item], title: titles?.[item] ?? null, score: lists.scores[at] }))
  if (json) return console.log(JSON.stringify(listed, null, 2))
  const rows = listed.map(({ rank, item, title, score }) => [rank, item, title ?? '', score])
  console.log(formatTable(['rank', 'item', 'title', 'score'], rows))
}

async function listEveryone({ manifest, prepared }: FolderRun, k: number, out: string, runTask: TaskRunner) {
  const { runId, model, seed, device, features = null } = manifest
  const params = everyoneParams({ params: manifest.params, learned: manifest.learned ?? null })
  const members = manifest.members?.map((member) => ({ ...member, artifact: null }))
  const excludeSeen = manifest.evaluation?.exclude_seen ?? true
  await mkdir(dirname(out), { recursive: true })
  await inTemporaryFolder(async (folder) => {
    const artifact = join(folder, 'artifact')
    const machine = { threads: availableParallelism(), memoryLimitBytes: memoryLimit() }
    const goal = { kind: 'list-everyone' as const, k, excludeSeen }
    await runTask(
      {
        kind: 'train',
        prepared,
        features,
        artifact,
        runId,
        model,
        params,
        seed,
        device,
        ...machine,
        goal,
        ...(members && { members }),
      },
      context(),
    )
    const lists = listsFromTensors(await readArtifactFile(artifact, await readManifest(artifact), 'lists'))
    const { userIds, itemIds } = await readPrepared(prepared)
    await writeListsParquet(out, { userIds, itemIds, lists })
  })
}

async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'topn-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
