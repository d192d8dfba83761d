/** The first words of the shared memory: the next chunk to be taken, and whether to stop taking any. */
const nextPlace = 0
const cancelPlace = 1

export function resetControl(control: Int32Array): void {
  Atomics.store(control, nextPlace, 0)
  Atomics.store(control, cancelPlace, 0)
}

export function nextChunk(control: Int32Array): number {
  return Atomics.add(control, nextPlace, 1)
}

/** Chunks taken so far, more than there are once threads have found none left. */
export function chunksTaken(control: Int32Array): number {
  return Atomics.load(control, nextPlace)
}

export function cancel(control: Int32Array): void {
  Atomics.store(control, cancelPlace, 1)
}

export function isCancelled(control: Int32Array): boolean {
  return Atomics.load(control, cancelPlace) !== 0
}
