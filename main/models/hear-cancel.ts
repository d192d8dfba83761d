/** Gives the event loop a turn, in which a cancel is heard; throws the reason of one. What computes on the CPU never waits. */
export async function hearCancel(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve))
  signal.throwIfAborted()
}
