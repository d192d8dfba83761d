import { TopnError, toPlainError } from '../contract/errors'
import type { Log } from '../contract/log'
import type { JobKind, JobRecord, Progress } from '../contract/records'
import { noProgress } from '../training/progress'
import type { Hub } from './hub'
import { fitsBeside, isTraining, type Needs, type Room } from './job-room'

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
  /** Starts the work once more, where a new job with the same request is not all there is to it. */
  retry?(): Promise<JobRecord>
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

interface Options extends Room {
  hub: Hub
  log: Log
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

  function fits(job: Job): boolean {
    const needsOf = ({ request }: Job) => request.needs ?? options.machine
    const others = [...jobs.values()].filter(({ record }) => record.state === 'running' && isTraining(record))
    return fitsBeside(needsOf(job), others.map(needsOf), options)
  }

  function startWaiting() {
    let isFull = false
    for (const job of jobs.values()) {
      if (job.record.state !== 'queued' || !(job.request.isReady?.() ?? true)) continue
      const takesRoom = isTraining(job.record)
      // What waits for room is not overtaken by what needs less, or it would wait for ever.
      if (takesRoom) isFull ||= !fits(job)
      if (!takesRoom || !isFull) job.ended = perform(job)
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
      const ended = howItEnded(error, controller.signal)
      if (ended.state === 'failed' && ended.error.code === 'INTERNAL') log.error(`job ${job.record.id} failed`, error)
      change(job, { ...ended, endedAt: now() })
    }
    forgetOldest(jobs)
    startWaiting()
  }

  function start(request: JobRequest): JobRecord {
    const id = `job-${++counter}`
    const record = queuedRecord(id, request)
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
    async retry(id) {
      const { record, request } = find(id)
      refuseRepeating(record)
      if (request.retry) return request.retry()
      await request.beforeRetry?.()
      return start(request)
    },
    async close() {
      for (const job of jobs.values()) (job.request.canPause ? pause : cancel)(job)
      await Promise.all([...jobs.values()].map((job) => job.ended))
    },
  }
}

function queuedRecord(id: string, { kind, title, subject, canPause = false }: JobRequest): JobRecord {
  const times = { createdAt: now(), startedAt: null, endedAt: null }
  return { id, kind, title, state: 'queued', progress: noProgress, ...times, error: null, subject, canPause }
}

/** What became of a job whose work did not end: paused or cancelled where it was told so, failed otherwise. */
function howItEnded(error: unknown, signal: AbortSignal) {
  const reason = toPlainError(signal.aborted ? signal.reason : error)
  const stopped = reason.code === 'PAUSED' ? ('paused' as const) : ('cancelled' as const)
  return { state: signal.aborted ? stopped : ('failed' as const), error: reason }
}

function forgetOldest(jobs: Map<string, Job>): void {
  const ended = [...jobs.values()].filter(({ record }) => record.endedAt !== null)
  for (const job of ended.slice(0, Math.max(0, ended.length - endedJobsKept))) jobs.delete(job.record.id)
}

function refuseRepeating({ title, state }: JobRecord): void {
  if (state === 'failed' || state === 'cancelled') return
  throw new TopnError('BAD_REQUEST', `${title} is ${state}; only failed or cancelled work is repeated.`)
}

function now(): string {
  return new Date().toISOString()
}
