import { TopnError, toPlainError } from '../contract/errors'
import type { Log } from '../contract/log'
import type { JobKind, JobRecord, Progress } from '../contract/records'
import { noProgress } from '../training/progress'
import type { Hub } from './hub'

export interface JobContext {
  report(progress: Partial<Progress> & { phase: string }): void
  signal: AbortSignal
}

export interface JobRequest {
  kind: JobKind
  title: string
  subject: string | null
  /** Ids of the datasets and runs that it works on: where one of them is deleted, it is cancelled. */
  about?: string[]
  /** It saves checkpoints, so that it is paused where anything else is cancelled. */
  canPause?: boolean
  /** What training takes at its peak; left out: all threads, so that it runs alone. */
  needs?: Needs
  /** Does the work and answers the job's subject. */
  work(context: JobContext): Promise<string | null>
  /** Whether what it waits for is over; asked after each job and at `lookAgain`. Left out: it waits for nothing. */
  isReady?(): boolean
  /** Makes ready for doing the work once more; throws where that is not possible any more. */
  beforeRetry?(): Promise<void>
}

export interface Needs {
  threads: number
  bytes: number
}

export interface Jobs {
  start(request: JobRequest): JobRecord
  list(): JobRecord[]
  /** Throws NOT_FOUND. */
  cancel(id: string): JobRecord
  /** Cancels what works on a dataset or run. */
  cancelAbout(id: string): void
  /** Ends what works on it so that it can go on; settles when it has ended. */
  pauseAbout(id: string): Promise<void>
  /** Starts what waits for something else than a job, where that is over now. */
  lookAgain(): void
  /** Starts the work of a failed or cancelled job as a new one. Throws BAD_REQUEST for any other. */
  retry(id: string): Promise<JobRecord>
  /** Pauses or cancels everything and settles when nothing runs any more. */
  close(): Promise<void>
}

interface Job {
  record: JobRecord
  request: JobRequest
  controller: AbortController
  ended: Promise<void>
}

const endedJobsKept = 200

/** Somebody waits for them at a screen. */
const startsAtOnce: readonly JobKind[] = ['load', 'project', 'export']

interface Options {
  hub: Hub
  log: Log
  /** So many trainings run side by side whatever they need; more where what they need is there. */
  concurrentTrainings: number
  machine: Needs
}

/**
 * The jobs of an engine. Training jobs wait for one another where they do not fit beside one another into threads and
 * memory, in their order; anything else starts at once. A job that fails or is cancelled never touches another.
 */
export function createJobs(options: Options): Jobs {
  const { hub, log } = options
  const jobs = new Map<string, Job>()
  let counter = 0

  function change(job: Job, change: Partial<JobRecord>) {
    job.record = { ...job.record, ...change }
    hub.emit('job', job.record.id, job.record)
  }

  function needsOf({ request }: Job): Needs {
    return request.needs ?? options.machine
  }

  /** Whether a training finds room beside those that run. */
  function fits(job: Job): boolean {
    const others = [...jobs.values()].filter(
      ({ record }) => record.state === 'running' && !startsAtOnce.includes(record.kind),
    )
    const total = (what: keyof Needs) => [job, ...others].reduce((sum, each) => sum + needsOf(each)[what], 0)
    const { threads, bytes } = options.machine
    return others.length < options.concurrentTrainings || (total('threads') <= threads && total('bytes') <= bytes)
  }

  function startWaiting() {
    let isFull = false
    for (const job of jobs.values()) {
      const { kind, state } = job.record
      if (state !== 'queued' || !(job.request.isReady?.() ?? true)) continue
      const isTraining = !startsAtOnce.includes(kind)
      // What waits for room is not overtaken by what needs less, or it would wait for ever.
      if (isTraining) isFull ||= !fits(job)
      if (!isTraining || !isFull) job.ended = perform(job)
    }
  }

  async function perform(job: Job): Promise<void> {
    const { request, controller } = job
    change(job, { state: 'running', startedAt: now() })
    try {
      const report: JobContext['report'] = (progress) => {
        if (job.record.state === 'running') change(job, { progress: { ...noProgress, ...progress } })
      }
      const subject = await request.work({ report, signal: controller.signal })
      change(job, { state: 'done', subject, endedAt: now(), progress: { ...noProgress, phase: 'done', fraction: 1 } })
    } catch (error) {
      end(job, error)
    }
    forgetOldest()
    startWaiting()
  }

  function end(job: Job, error: unknown) {
    const { signal } = job.controller
    const reason = toPlainError(signal.aborted ? signal.reason : error)
    if (!signal.aborted && reason.code === 'INTERNAL') log.error(`job ${job.record.id} failed`, error)
    const stopped = reason.code === 'PAUSED' ? 'paused' : 'cancelled'
    change(job, { state: signal.aborted ? stopped : 'failed', error: reason, endedAt: now() })
  }

  function forgetOldest() {
    const ended = [...jobs.values()].filter(({ record }) => record.endedAt !== null)
    for (const job of ended.slice(0, Math.max(0, ended.length - endedJobsKept))) jobs.delete(job.record.id)
  }

  function start(request: JobRequest): JobRecord {
    const id = `job-${++counter}`
    const record: JobRecord = {
      id,
      kind: request.kind,
      title: request.title,
      state: 'queued',
      progress: noProgress,
      createdAt: now(),
      startedAt: null,
      endedAt: null,
      error: null,
      subject: request.subject,
      canPause: request.canPause ?? false,
    }
    const job: Job = { record, request, controller: new AbortController(), ended: Promise.resolve() }
    jobs.set(id, job)
    hub.emit('job', id, record)
    startWaiting()
    return job.record
  }

  function find(id: string): Job {
    const job = jobs.get(id)
    if (job) return job
    throw new TopnError('NOT_FOUND', `There is no job ${id}.`)
  }

  function stop(job: Job, reason: TopnError): JobRecord {
    if (job.record.endedAt !== null) return job.record
    job.controller.abort(reason)
    // A job that still waits has nothing to stop, but its work records that it was cancelled.
    if (job.record.state === 'queued') job.ended = perform(job)
    return job.record
  }

  const cancel = (job: Job) => stop(job, new TopnError('CANCELLED', 'Cancelled.'))
  const pause = (job: Job) => stop(job, new TopnError('PAUSED', 'Paused.'))
  const about = (id: string) => [...jobs.values()].filter(({ request }) => request.about?.includes(id))

  async function retry(id: string): Promise<JobRecord> {
    const { record, request } = find(id)
    if (record.state !== 'failed' && record.state !== 'cancelled') {
      throw new TopnError(
        'BAD_REQUEST',
        `${record.title} is ${record.state}; only failed or cancelled work is repeated.`,
      )
    }
    await request.beforeRetry?.()
    return start(request)
  }

  return {
    start,
    list: () => [...jobs.values()].map((job) => job.record),
    cancel: (id) => cancel(find(id)),
    cancelAbout: (id) => about(id).forEach(cancel),
    async pauseAbout(id) {
      const paused = about(id).filter(({ request }) => request.canPause)
      paused.forEach(pause)
      await Promise.all(paused.map(({ ended }) => ended))
    },
    lookAgain: startWaiting,
    retry,
    async close() {
      for (const job of jobs.values()) (job.request.canPause ? pause : cancel)(job)
      await Promise.all([...jobs.values()].map((job) => job.ended))
    },
  }
}

function now(): string {
  return new Date().toISOString()
}
