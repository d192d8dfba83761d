import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '../contract/log'

/** One line of JSON for each entry, appended to `topn.log` in the folder. Never throws: a full disk loses lines only. */
export function openLog(folder: string): Log {
  const file = join(folder, 'topn.log')
  const write = (level: string, message: string, data: object) => {
    const line = JSON.stringify({ time: new Date().toISOString(), level, process: process.pid, message, ...data })
    try {
      appendFileSync(file, `${line}\n`)
    } catch (error) {
      console.error(`The log ${file} cannot be written: ${error instanceof Error ? error.message : error}`)
    }
  }
  return {
    info: (message, data = {}) => write('info', message, data),
    error: (message, error) => write('error', message, { error: error instanceof Error ? error.stack : String(error) }),
  }
}
