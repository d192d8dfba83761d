import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as v from 'valibot'
import { writeFileAtomic } from '../files/atomic'

const coordinate = v.pipe(v.number(), v.integer())
const extent = v.pipe(v.number(), v.integer(), v.minValue(1))

const settingsSchema = v.object({
  window: v.fallback(
    v.nullable(
      v.object({
        bounds: v.object({ x: coordinate, y: coordinate, width: extent, height: extent }),
        isMaximized: v.boolean(),
      }),
    ),
    null,
  ),
  /** Data files, the latest first. */
  recentFiles: v.fallback(v.array(v.string()), []),
})

/** What the shell itself remembers from one start to the next. */
export type DesktopSettings = v.InferOutput<typeof settingsSchema>

export interface SettingsFile {
  readonly current: DesktopSettings
  change(part: Partial<DesktopSettings>): void
  /** Settles when every change so far is on disk, or could not be written. */
  saved(): Promise<void>
}

const mostRecentFiles = 10

/** Reads the settings; a file that is missing or damaged counts as empty, since nothing but convenience is lost. */
export function openSettings(path: string): SettingsFile {
  let current = readSettings(path)
  let writing: Promise<void> = Promise.resolve()

  async function write(settings: DesktopSettings): Promise<void> {
    mkdirSync(dirname(path), { recursive: true })
    await writeFileAtomic(path, Buffer.from(`${JSON.stringify(settings, null, 2)}\n`))
  }

  return {
    get current() {
      return current
    },
    change(part) {
      current = { ...current, ...part }
      const settings = current
      writing = writing.then(() => write(settings)).catch(() => {})
    },
    saved: () => writing,
  }
}

/** The files opened before, with this one at their head. */
export function withRecentFile(files: readonly string[], file: string): string[] {
  return [file, ...files.filter((other) => other !== file)].slice(0, mostRecentFiles)
}

function readSettings(path: string): DesktopSettings {
  try {
    return v.parse(settingsSchema, JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return { window: null, recentFiles: [] }
  }
}
