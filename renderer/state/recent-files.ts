/** A file of the machine that runs TopN which was opened before. */
export interface RecentFile {
  path: string
  /** Its own name, where the path has another. */
  file: string
}

const key = 'topn.files'
const mostKept = 8

/** The latest first. */
export function readRecentFiles(): RecentFile[] {
  try {
    return parseRecentFiles(localStorage.getItem(key))
  } catch {
    return []
  }
}

export function parseRecentFiles(text: string | null): RecentFile[] {
  const found: unknown = JSON.parse(text ?? '[]')
  return Array.isArray(found) ? found.filter(isRecentFile) : []
}

/** Uploads lie in their workspace and are gone with it, so only files of their own place are remembered. */
export function rememberFile(opened: RecentFile, workspace: string): void {
  if (opened.path.startsWith(workspace)) return
  try {
    localStorage.setItem(key, JSON.stringify(withFile(readRecentFiles(), opened)))
  } catch {
    // Storage is full or forbidden: the file is found by browsing next time.
  }
}

export function withFile(files: readonly RecentFile[], opened: RecentFile): RecentFile[] {
  return [opened, ...files.filter(({ path }) => path !== opened.path)].slice(0, mostKept)
}

function isRecentFile(value: unknown): value is RecentFile {
  const entry = value as Partial<RecentFile> | null
  return typeof entry?.path === 'string' && typeof entry.file === 'string'
}
