import { TopnError } from '../contract/errors'

/** BAD_DATA about a file: its name, then what is wrong and what to do. */
export function badFile(file: string, reason: string, cause?: unknown): TopnError {
  return new TopnError('BAD_DATA', `${file} ${reason}`, { file }, { cause })
}
