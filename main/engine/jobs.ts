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
  /** Does the work and answers the job's subject. */
  work(context: JobContext): Promise<string | null>
  /** Whether what it waits for is over; asked whenever another job has ended. Left out: it waits for nothing. */
  isReady?(): boolean
  /** Makes ready for doing the work once more; throws where that is not possible any more. */
  beforeRetry?(): Promise<void>
}

export interface Jobs {
  start(request: JobRequest): JobRecord
  list(): JobRecord[]
  /** Throws NOT_FOUND. */
  cancel(id: string): JobRecord
  /** Cancels what works on a dataset or run. */
  cancelAbout(id: string): void
  /** Starts the work of a failed or cancelled job as a new one. Throws BAD_REQUEST for any other. */
  retry(id: string): Promise<JobRecord>
  /** Cancels everything and settles when nothing runs any more. */
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

/**
 * The jobs of an engine. Training jobs wait for one another, since each uses all threads; anything else starts at
 * once. A job that fails or is cancelled never touches another.
 */
export function createJobs(options: { hub: Hub; log: Log; concurrentTrainings: number }): Jobs {
  const { hub, log } = options
  const jobs = new Map<string, Job>()
  let counter = 0

  function change(job: Job, change: Partial<JobRecord>) {
    job.record = { ...job.record, ...change }
    hub.emit('job', job.record.id, job.record)
  }

  function running(kinds: JobKind[]): number {
    return [...jobs.values()].filter(({ record }) => record.state === 'running' && kinds.includes(record.kind)).length
  }

  function startWaiting() {
    for (const job of jobs.values()) {
      if (job.record.state !== 'queued') continue
      const mayStart =
        startsAtOnce.includes(job.record.kind) || running(['train', 'lists', 'tune']) < options.concurrentTrainings
      if (mayStart && (job.request.isReady?.() ?? true)) job.ended = perform(job)
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
    const cancelled = job.controller.signal.aborted
    const plain = toPlainError(error)
    if (!cancelled && plain.code === 'INTERNAL') log.error(`job ${job.record.id} failed`, error)
    const reason = cancelled ? toPlainError(new TopnError('CANCELLED', 'Cancelled.')) : plain
    change(job, { state: cancelled ? 'cancelled' : 'failed', error: reason, endedAt: now() })
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

  function cancel(id: string): JobRecord {
    const job = find(id)
    if (job.record.endedAt !== null) return job.record
    job.controller.abort(new TopnError('CANCELLED', 'Cancelled.'))
    // A job that still waits has nothing to stop, but its work records that it was cancelled.
    if (job.record.state === 'queued') job.ended = perform(job)
    return job.record
  }

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
    cancel,
    cancelAbout(id) {
      for (const { record, request } of jobs.values()) if (request.about?.includes(id)) cancel(record.id)
    },
    retry,
    async close() {
      for (const job of jobs.values()) cancel(job.record.id)
      await Promise.all([...jobs.values()].map((job) => job.ended))
    },
  }
}

function now(): string {
  return new Date().toISOString()
}
