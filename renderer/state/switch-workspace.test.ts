import { beforeEach, expect, test } from 'vitest'
import type { EngineClient } from '../../main/contract/calls'
import type { JobRecord } from '../../main/contract/records'
import { cancelJobsAndOpen, openWorkspace, useWantedWorkspace } from './switch-workspace'
import { emptyWorkbench, useWorkbench } from './workbench'

const job = (id: string, endedAt: string | null) => ({ id, endedAt }) as JobRecord
const withJobs = (...jobs: JobRecord[]) => useWorkbench.setState({ jobs: new Map(jobs.map((each) => [each.id, each])) })

let calls: string[]
const engine = {
  call: async (name: string, input: object) => {
    calls.push(`${name} ${Object.values(input)}`)
  },
} as unknown as EngineClient

beforeEach(() => {
  calls = []
  useWorkbench.setState(emptyWorkbench)
  useWantedWorkspace.setState({ path: null })
})

test('without jobs the other workspace opens at once', async () => {
  withJobs(job('job-1', '2026-01-01'))
  await openWorkspace(engine, '/other')
  expect(calls).toEqual(['workspace.open /other'])
  expect(useWantedWorkspace.getState().path).toBeNull()
})

test('with jobs the user is asked, and nothing else happens', async () => {
  withJobs(job('job-1', null))
  await openWorkspace(engine, '/other')
  expect(calls).toEqual([])
  expect(useWantedWorkspace.getState().path).toBe('/other')
})

test('once agreed, jobs are cancelled, and the other workspace opens when all of them have ended', async () => {
  withJobs(job('job-1', null), job('job-2', '2026-01-01'), job('job-3', null))
  const opened = cancelJobsAndOpen(engine, '/other')
  await Promise.resolve()
  expect(calls).toEqual(['jobs.cancel job-1', 'jobs.cancel job-3'])
  await new Promise(setImmediate)
  withJobs(job('job-1', '2026-01-01'), job('job-3', null))
  await new Promise(setImmediate)
  expect(calls).toHaveLength(2)
  withJobs(job('job-1', '2026-01-01'), job('job-3', '2026-01-01'))
  await opened
  expect(calls.at(-1)).toBe('workspace.open /other')
})
