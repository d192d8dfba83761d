import type { EngineClient } from '../../main/contract/calls'
import type { SelectionRecord } from '../../main/contract/selections'
import { host } from '../api'

/** Hands a file that the engine has exported over to the user. */
export function download(path: string): void {
  const link = document.createElement('a')
  link.href = host.downloadUrl(path)
  link.download = ''
  link.click()
}

/** The members of a selection as CSV. */
export async function exportSelection(engine: EngineClient, { id }: Pick<SelectionRecord, 'id'>): Promise<void> {
  download((await engine.call('selections.export', { selectionId: id })).path)
}
