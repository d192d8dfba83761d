import { useEffect, useLayoutEffect, useRef } from 'react'
import { remember, useMemory } from './memory'
import { formatRoute, replaceRoute } from './router'
import { useWorkbench } from './workbench'

/** Comes back to the screen of the workspace that was looked at last, unless the address names one. */
export function useLastScreen(): void {
  const workspace = useWorkbench((state) => state.workspace?.path)
  const shown = useRef(workspace)
  useLayoutEffect(() => {
    const isAnother = shown.current !== workspace
    shown.current = workspace
    const { address } = useMemory.getState()
    if (isAnother) replaceRoute(address || formatRoute('data'))
    else if (location.hash === '' && address !== '') replaceRoute(address)
  }, [workspace])
  useEffect(() => {
    const note = () => remember({ address: location.hash })
    addEventListener('hashchange', note)
    return () => removeEventListener('hashchange', note)
  }, [])
}
