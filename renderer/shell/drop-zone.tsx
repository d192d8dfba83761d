import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction, useEngine } from '../state/engine'
import { openFiles } from '../state/open-files'
import styles from './drop-zone.module.css'

/** Takes files that are dropped anywhere in the window to the Data screen. */
export function DropZone() {
  const { t } = useTranslation()
  const [hovering, setHovering] = useState(false)
  const engine = useEngine()
  const { run: bring } = useAction((files: File[]) => openFiles(engine, files))

  // biome-ignore lint/correctness/useExhaustiveDependencies: the listeners live as long as the window
  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const listeners = {
      dragover(event: DragEvent) {
        if (!carriesFiles(event)) return
        event.preventDefault()
        setHovering(true)
      },
      dragleave(event: DragEvent) {
        if (event.relatedTarget === null) setHovering(false)
      },
      drop(event: DragEvent) {
        if (!carriesFiles(event)) return
        event.preventDefault()
        setHovering(false)
        const files = [...(event.dataTransfer?.files ?? [])]
        if (files.length > 0) void bring(files)
      },
    }
    const entries = Object.entries(listeners) as [keyof typeof listeners, (event: DragEvent) => void][]
    for (const [name, listener] of entries) addEventListener(name, listener)
    return () => {
      for (const [name, listener] of entries) removeEventListener(name, listener)
    }
  }, [])

  return hovering ? <div className={styles.zone}>{t('app.dropHere')}</div> : null
}
