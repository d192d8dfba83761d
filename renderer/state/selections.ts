import type { SelectionRecord } from '../../main/contract/selections'
import { newestFirst, useWorkbench, type Workbench } from './workbench'

/** The selection that the screens go by; null where none is chosen, it is deleted, or it is of another dataset. */
export function selectionInForce({
  selections,
  selectionInForce,
  datasetInForce,
}: Pick<Workbench, 'selections' | 'selectionInForce' | 'datasetInForce'>): SelectionRecord | null {
  const selection = selections.get(selectionInForce ?? '')
  return selection && selection.datasetId === datasetInForce ? selection : null
}

export function useSelectionInForce(): SelectionRecord | null {
  return useWorkbench(selectionInForce)
}

/** Those of a dataset, the newest first. */
export function selectionsOf(
  { selections }: Pick<Workbench, 'selections'>,
  datasetId: string | null,
): SelectionRecord[] {
  return newestFirst(selections.values()).filter((selection) => selection.datasetId === datasetId)
}
