/** Every reason for which a call can fail. `data` of the error says where, as far as it is known. */
export const errorCodes = [
  /** The experiment file or a request is wrong; `data.field` names the field. */
  'BAD_REQUEST',
  /** A data file is missing or unreadable; `data.file` and, where there is one, `data.line` name the place. */
  'BAD_DATA',
  /** What the caller names (a dataset, run, job, model, method) does not exist. */
  'NOT_FOUND',
  /** There is a file already where one is to be written; `data.file` names it. */
  'EXISTS',
  /** Another process owns the workspace; `data.owner` is its process id. */
  'WORKSPACE_IN_USE',
  /** The user or the caller ended the work. */
  'CANCELLED',
  /** The user paused the training; it can go on. */
  'PAUSED',
  /**
   * The plan does not fit into memory, or an allocation failed. Where a run was not started for it, `data.bytes` would be
   * needed, `data.limit` is there, and `data.offerModel` with `data.offerParams` would fit into `data.offerBytes`.
   */
  'OUT_OF_MEMORY',
  /** A job's process ended without an answer; `data.signal` or `data.exitCode` says how. */
  'PROCESS_ENDED',
  /**
   * What was to compute cannot be used, was lost, or ran out of memory. `data.device` names it, `data.offerDevice` what is
   * left to try, null where that is nothing.
   */
  'DEVICE_FAILED',
  /** The other side of the link is gone. */
  'DISCONNECTED',
  /** Anything else; the details are in the log under `data.id`. */
  'INTERNAL',
] as const

export type ErrorCode = (typeof errorCodes)[number]

type Plain = string | number | boolean
export type ErrorData = Record<string, Plain | null | string[] | number[] | Record<string, Plain>>

/** The only error that crosses a process border, as `{ code, message, data }`. The message is a sentence for the user. */
export class TopnError extends Error {
  override readonly name = 'TopnError'
  readonly code: ErrorCode
  readonly data: ErrorData

  constructor(code: ErrorCode, message: string, data: ErrorData = {}, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.data = data
  }
}

export interface PlainError {
  code: ErrorCode
  message: string
  data: ErrorData
}

/** What may leave a process of an error: a TopnError whole, the text of anything else only where `detail` is true. */
export function toPlainError(error: unknown, detail = false): PlainError {
  if (error instanceof TopnError) return { code: error.code, message: error.message, data: error.data }
  const message = detail && error instanceof Error ? error.message : 'TopN met an error of its own; the log has it.'
  return { code: 'INTERNAL', message, data: {} }
}

export function fromPlainError(error: PlainError): TopnError {
  return new TopnError(error.code, error.message, error.data)
}

/** What an error says, in one line. */
export const textOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim()
