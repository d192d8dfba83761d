import type { ListOverlap } from '../contract/comparison'
import { meanOverlap } from '../evaluation/overlap'
import { readArtifactFile, readManifest } from './artifact'
import { listsFromTensors } from './results'
import type { OverlapTask } from './tasks'

export async function overlapTask({ first, second, k }: OverlapTask): Promise<ListOverlap> {
  return meanOverlap(await listsOf(first), await listsOf(second), k)
}

async function listsOf(artifact: string) {
  return listsFromTensors(await readArtifactFile(artifact, await readManifest(artifact), 'lists'))
}
