import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatasetSpec } from '../main/contract/experiment'
import type { EncodedInteractions } from '../main/data/prepared'
import { openStore } from '../main/store'

/** The folder of the third-party data sets. */
export const dataFolder = process.env.TOPN_DATA ?? join('..', 'shared', 'data')

/** Reads a data set as the workbench does, in a workspace of its own. */
export async function readDataset(source: DatasetSpec): Promise<EncodedInteractions> {
  const folder = mkdtempSync(join(tmpdir(), 'topn-bench-'))
  const signal = new AbortController().signal
  const store = await openStore(folder)
  try {
    const { id } = await store.loadDataset({ source, name: 'bench', report() {}, signal })
    const { encoded } = await store.encode({ datasetId: id, clean: source.clean, signal })
    return encoded
  } finally {
    await store.close()
    rmSync(folder, { recursive: true })
  }
}
