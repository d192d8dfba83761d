import { create } from 'zustand'
import { host } from '../api'

/** The file on its way to the machine that runs TopN; one at a time. */
export const useUpload = create<{ name: string; fraction: number } | null>(() => null)

/** Makes a file of this computer readable for the engine and answers its path there. */
export async function bringFile(file: File): Promise<string> {
  useUpload.setState({ name: file.name, fraction: 0 }, true)
  try {
    return await host.uploadFile(file, (fraction) => useUpload.setState({ name: file.name, fraction }, true))
  } finally {
    useUpload.setState(null, true)
  }
}
