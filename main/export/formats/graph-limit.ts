import { TopnError } from '../../contract/errors'

/** A graph and its numbers are in memory more than once while they are written and proved. */
const mostBytes = 2 ** 30

/** Throws BAD_REQUEST where a graph for `program` takes more than it may. */
export function refuseLargeGraph(file: string, bytes: number, program: string): void {
  if (bytes <= mostBytes) return
  const message = `${file} would have ${(bytes / mostBytes).toFixed(1)} GiB, and 1 GiB is the most for ${program}. Choose safetensors.`
  throw new TopnError('BAD_REQUEST', message)
}
