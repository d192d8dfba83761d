/** Where a process writes what it does; never shown to the other side of a link. */
export interface Log {
  info(message: string, data?: Record<string, unknown>): void
  error(message: string, error: unknown): void
}
