import type { EngineClient } from '../../main/contract/calls'
import { host } from '../api'
import { changeDraft, fileName, openDraft, openFolderDraft, parentOf } from './import'
import { bringFiles } from './upload'

/** Looks at a folder and begins to open what it holds as one dataset. */
export async function openFolder(engine: EngineClient, path: string, name = fileName(path)): Promise<void> {
  openFolderDraft(await engine.call('files.previewFolder', { path }), name)
}

/** Begins to open files of this computer: several are taken for one dataset. */
export async function openFiles(engine: EngineClient, files: readonly File[]): Promise<void> {
  const paths = await bringFiles(files)
  if (files.length === 1) return openDraft(paths[0], files[0].name)
  // What a browser uploads together lies in a folder of its own.
  if (host.kind === 'browser') return openFolder(engine, parentOf(paths[0]), files[0].name)
  openDraft(paths[0])
  changeDraft({ paths })
}
