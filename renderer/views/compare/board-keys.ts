import type { KeyboardEvent } from 'react'
import { chooseRuns } from '../../state/chosen-runs'
import { moveAmongCells } from '../../widgets/cell-keys'

interface Board {
  /** Ids of the runs in the order shown. */
  order: readonly string[]
  /** The runs of a row. */
  idsOf(rowKey: string): readonly string[]
  /** Chooses all from the run chosen last to these. */
  onRange(ids: readonly string[]): void
}

/** Arrows go from cell to cell; with Shift along the boxes they choose; Ctrl+A on a box chooses all. */
export function pressBoardKey(event: KeyboardEvent, { order, idsOf, onRange }: Board): void {
  const from = event.target instanceof HTMLElement ? event.target : null
  const isBox = from?.dataset.cell === 'choose'
  if (isBox && event.key === 'a' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault()
    chooseRuns(order)
    return
  }
  const to = moveAmongCells(event)
  if (!from || !isBox || !event.shiftKey || to?.dataset.cell !== 'choose') return
  for (const box of [from, to]) onRange(idsOf(box.dataset.row ?? ''))
}
