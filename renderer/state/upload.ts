import { create } from 'zustand'
import { host } from '../api'
import { newUuid } from './uuid'

/** The file on its way to the machine that runs TopN; one at a time. */
export const useUpload = create<{ name: string; fraction: number } | null>(() => null)

/** Makes a file of this computer readable for the engine and answers its path there. */
export async function bringFile(file: File): Promise<string> {
  const [path] = await bringFiles([file])
  return path
}

/** The same for files that belong together: they come to lie in one folder, under their own names. */
export async function bringFiles(files: readonly File[]): Promise<string[]> {
  const batch = newUuid()
  const paths: string[] = []
  try {
    for (const file of files) {
      const tell = (fraction: number) => useUpload.setState({ name: file.name, fraction }, true)
      tell(0)
      paths.push(await host.uploadFile(file, batch, tell))
    }
  } finally {
    useUpload.setState(null, true)
  }
  return paths
}
