import { create } from 'zustand'
import { host } from '../api'

/** The file on its way to the machine that runs TopN; one at a time. */
export const useUpload = create<{ name: string; fraction: number } | null>(() => null)

/** Makes a file of this computer readable for the engine and answers its path there. */
export async function bringFile(file: File): Promise<string> {
  const [path] = await bringFiles([file])
  return path
}

/** The same for files that belong together: they come to lie in one folder, under their own names. */
export async function bringFiles(files: readonly File[]): Promise<string[]> {
  const batch = newBatch()
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

/** A UUID; `crypto.randomUUID` is there on secure pages only, which an address of the network is not. */
function newBatch(): string {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0'))
  return bytes.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
