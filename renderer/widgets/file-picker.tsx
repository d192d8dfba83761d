import { Button, type ButtonProps, FileButton, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { host } from '../api'
import { useFormat } from '../locales/format'
import { useAction } from '../state/engine'
import { bringFile, useUpload } from '../state/upload'
import { FileBrowser } from './file-browser'

interface FilePickerProps extends Pick<ButtonProps, 'variant'> {
  label: string
  /** `file`: its own name, where the path has another. */
  onPicked(path: string, file?: string): void
  /** Offers folders and several files too. */
  many?: { onFolder(path: string): void; onFiles(files: File[]): void }
}

/** Lets the user choose a file: with the system's dialog on the desktop, by upload or from the served machine in a browser. */
export function FilePicker(props: FilePickerProps) {
  return host.kind === 'desktop' ? <DialogPicker {...props} /> : <BrowserPicker {...props} />
}

function DialogPicker({ label, variant, onPicked, many }: FilePickerProps) {
  const { t } = useTranslation()
  const choose = useAction(async () => {
    const path = await host.chooseFile?.()
    if (path) onPicked(path)
  })
  const chooseFolder = useAction(async () => {
    const path = await host.chooseFolder?.()
    if (path) many?.onFolder(path)
  })
  const busy = choose.busy || chooseFolder.busy
  if (!many)
    return (
      <Button {...(variant && { variant })} loading={busy} onClick={() => choose.run()}>
        {label}
      </Button>
    )
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button {...(variant && { variant })} loading={busy}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => choose.run()}>{t('data.aFile')}</Menu.Item>
        <Menu.Item onClick={() => chooseFolder.run()}>{t('data.aFolder')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function BrowserPicker({ label, variant, onPicked, many }: FilePickerProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const upload = useUpload()
  const [browsing, browser] = useDisclosure(false)
  const bring = useAction(async (files: File[]) => {
    if (files.length > 1) return many?.onFiles(files)
    for (const file of files) onPicked(await bringFile(file), file.name)
  })
  return (
    <>
      <FileButton
        multiple={many !== undefined}
        onChange={(chosen: File | File[] | null) => bring.run([chosen ?? []].flat())}
      >
        {({ onClick }) => (
          <Menu position="bottom-start">
            <Menu.Target>
              <Button {...(variant && { variant })} loading={bring.busy}>
                {label}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={onClick}>{t('data.upload')}</Menu.Item>
              <Menu.Item onClick={browser.open}>{t('data.browse')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </FileButton>
      {bring.busy && upload && (
        <span role="status">{t('data.uploading', { name: upload.name, share: format.percent(upload.fraction) })}</span>
      )}
      <FileBrowser
        opened={browsing}
        onClose={browser.close}
        onPicked={(path) => {
          browser.close()
          onPicked(path)
        }}
        {...(many && {
          onFolder: (path) => {
            browser.close()
            many.onFolder(path)
          },
        })}
      />
    </>
  )
}
