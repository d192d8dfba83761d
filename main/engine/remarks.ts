import type { Remarks } from '../contract/records'

const longestName = 200
const copyMark = ' (copy)'

/** What is to change of a name, tags and notes: the fields that were given, each tag once. */
export function changesOf({ name, tags, notes }: Partial<{ [K in keyof Remarks]: Remarks[K] | undefined }>) {
  return {
    ...(name !== undefined && { name }),
    ...(tags !== undefined && { tags: [...new Set(tags)] }),
    ...(notes !== undefined && { notes }),
  }
}

/** The name of a copy, as long as names may be. */
export function copyName(name: string): string {
  return name.slice(0, longestName - copyMark.length) + copyMark
}
