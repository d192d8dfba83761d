import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '../state/engine'
import { openDraft } from '../state/import'
import { bringFile } from '../state/upload'
import styles from './drop-zone.module.css'

/** Takes a file that is dropped anywhere in the window to the Data screen. */
export function DropZone() {
  const { t } = useTranslation()
  const [hovering, setHovering] = useState(false)
  const { run: bring } = useAction(async (file: File) => openDraft(await bringFile(file), file.name))

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
        const file = event.dataTransfer?.files[0]
        if (file) void bring(file)
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
