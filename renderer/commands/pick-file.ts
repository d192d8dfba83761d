import { host } from '../api'
import { bringFile } from '../state/upload'

/** A file that the user chose, readable for the engine; `name` is its own, where the path has another. */
export interface PickedFile {
  path: string
  name?: string
}

/** Lets the user choose a file of this computer; null where they choose none. */
export async function pickFile(): Promise<PickedFile | null> {
  if (host.chooseFile) {
    const path = await host.chooseFile()
    return path === null ? null : { path }
  }
  const file = await askForFile()
  return file && { path: await bringFile(file), name: file.name }
}

function askForFile(): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null))
    input.addEventListener('cancel', () => resolve(null))
    input.click()
  })
}
