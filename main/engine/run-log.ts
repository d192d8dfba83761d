import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Log } from '../contract/log'
import type { LogLine } from '../contract/records'
import type { WorkspaceFolders } from './workspace'

/** What happened to each run: a line of JSON for each entry in `logs/runs/<run>.log`. */
export interface RunLog {
  /** Lines are written in the order of the calls. Settles once the line is there, or once the failure is logged. */
  append(runId: string, text: string): Promise<void>
  read(runId: string): Promise<LogLine[]>
}

export function createRunLog(folders: WorkspaceFolders, log: Log): RunLog {
  let written: Promise<void> = Promise.resolve()

  async function write(runId: string, line: LogLine) {
    const file = folders.runLog(runId)
    await mkdir(dirname(file), { recursive: true })
    // Half a line that a crash has left ends here, and is no line of the log.
    await appendFile(file, `\n${JSON.stringify(line)}`)
  }

  return {
    append(runId, text) {
      const line = { time: new Date().toISOString(), text }
      written = written
        .then(() => write(runId, line))
        .catch((error) => log.error(`the log of run ${runId} was not written`, error))
      return written
    },
    async read(runId) {
      await written
      const text = await readFile(folders.runLog(runId), 'utf8').catch((error) => {
        if (error.code === 'ENOENT') return ''
        throw error
      })
      return text.split('\n').flatMap(parseLine)
    },
  }
}

function parseLine(text: string): LogLine[] {
  try {
    return [JSON.parse(text)]
  } catch {
    return []
  }
}
