import { useCallback, useEffect, useState } from 'react'
import type { CallInput, CallOutputs } from '../../main/contract/calls'
import { type Answer, useAnswer, useEngine } from './engine'
import { newUuid } from './uuid'

type ComparisonCall = `comparison.${'significance' | 'segments' | 'redefine' | 'overlap'}`

/** Asks for a comparison, which can be stopped, and is where nobody looks at it any more. */
export function useComparison<N extends ComparisonCall>(
  name: N,
  input: Omit<CallInput<N>, 'view'> | null,
): Answer<CallOutputs[N]> & { retry(): void; stop(): void } {
  const engine = useEngine()
  const [view] = useState(newUuid)
  const answer = useAnswer(name, input && ({ ...input, view } as unknown as CallInput<N>))
  const stop = useCallback(() => void engine.call('comparison.stop', { view }).catch(() => {}), [engine, view])
  useEffect(() => stop, [stop])
  return { ...answer, stop }
}
