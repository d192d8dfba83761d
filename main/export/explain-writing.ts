import { TopnError } from '../contract/errors'

const reasons: Record<string, string> = {
  ENOSPC: 'the disk is full. Free some space, or choose another place',
  EDQUOT: 'your share of the disk is used up. Free some space, or choose another place',
  EROFS: 'the disk cannot be written to. Choose another place',
  EACCES: 'writing there is not permitted. Choose another place',
  EPERM: 'writing there is not permitted. Choose another place',
  ENOENT: 'the folder does not exist. Choose another place',
  ENOTDIR: 'a part of the path is a file. Choose another place',
}

/** What went wrong while files were written, in words; any other error as it is. */
export function explainWriting(error: unknown, path: string): unknown {
  if (error instanceof TopnError || !(error instanceof Error)) return error
  // DuckDB says the same without a code.
  const full = /no space left on device|disk full/i.test(error.message) ? 'ENOSPC' : undefined
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? full ?? ''] ?? reasons[full ?? '']
  if (!reason) return error
  const message = `${path} cannot be written: ${reason}. Nothing was left behind.`
  return new TopnError('BAD_REQUEST', message, { file: path }, { cause: error })
}
