import { useTranslation } from 'react-i18next'
import { useAction, useEngine } from '../../state/engine'
import { openDraft } from '../../state/import'
import { openFiles, openFolder } from '../../state/open-files'
import { FilePicker } from '../../widgets/file-picker'

/** Begins to open a file, several, or a folder as a dataset. */
export function OpenButton() {
  const { t } = useTranslation()
  const engine = useEngine()
  const folder = useAction((path: string) => openFolder(engine, path))
  const files = useAction((chosen: File[]) => openFiles(engine, chosen))
  return <FilePicker label={t('data.open')} onPicked={openDraft} many={{ onFolder: folder.run, onFiles: files.run }} />
}
