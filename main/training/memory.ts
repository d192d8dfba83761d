import { readFile } from 'node:fs/promises'
import { TopnError } from '../contract/errors'
import type { Offer } from '../contract/estimates'

/** Assumed where the system does not say: every system that TopN runs on and that has /proc uses it on these processors. */
const pageBytes = 4096

/** Bytes of memory that a process holds, or null where the system has no /proc to ask. */
async function residentBytes(pid: number): Promise<number | null> {
  try {
    const fields = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')
    return Number(fields[1]) * pageBytes
  } catch {
    return null
  }
}

/** Calls `exceeded` once when the process holds more than the limit. Returns the function that ends the watch. */
export function watchMemory(
  child: { readonly pid: number | undefined },
  limitBytes: number,
  exceeded: (error: TopnError) => void,
  intervalMilliseconds = 200,
): () => void {
  const timer = setInterval(async () => {
    const bytes = child.pid === undefined ? null : await residentBytes(child.pid)
    if (bytes === null || bytes <= limitBytes) return
    clearInterval(timer)
    exceeded(outOfMemory(`It held ${gigabytes(bytes)}; the limit is ${gigabytes(limitBytes)}.`, bytes))
  }, intervalMilliseconds)
  return () => clearInterval(timer)
}

const advice = 'Choose smaller parameters, clean the data to fewer interactions, or use a machine with more memory.'

interface TooLarge {
  bytes: number
  limit: number
  offer: Offer | null
  /** What to do where there is no offer. */
  otherwise?: string
}

/** The error of a run that is not started, since it would not fit; says what would. */
export function planTooLarge(name: string, { bytes, limit, offer, otherwise = advice }: TooLarge): TopnError {
  const reason = `${name} would need about ${gigabytes(bytes)}; the limit is ${gigabytes(limit)}.`
  const next = offer ? `What would fit: ${describeOffer(offer)}, with about ${gigabytes(offer.bytes)}.` : otherwise
  const data = {
    offerModel: offer?.model ?? null,
    ...(offer && { offerParams: offer.params, offerBytes: offer.bytes }),
  }
  const message = `The run was not started: it does not fit into memory. ${reason} ${next}`
  return new TopnError('OUT_OF_MEMORY', message, { bytes, limit, ...data })
}

function describeOffer({ model, params }: Offer): string {
  const settings = Object.entries(params).map(([parameter, value]) => `${parameter} ${value}`)
  return settings.length > 0 ? `${model} with ${settings.join(', ')}` : model
}

/** The error of every way in which a job can run out of memory once it works. */
export function outOfMemory(detail: string, bytes = 0): TopnError {
  return new TopnError('OUT_OF_MEMORY', `The job ran out of memory. ${detail} ${advice}`, { bytes })
}

export function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(2)} GiB`
}
