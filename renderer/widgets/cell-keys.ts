import type { KeyboardEvent } from 'react'

const ways: Record<string, readonly [across: number, down: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Moves the focus among the elements of a table that are marked `data-cell`; answers the one that it moves to. */
export function moveAmongCells(event: KeyboardEvent): HTMLElement | null {
  const way = ways[event.key]
  const from = event.target instanceof HTMLElement && event.target.dataset.cell !== undefined ? event.target : null
  if (!way || !from || event.altKey || event.ctrlKey || event.metaKey) return null
  const to = way[0] !== 0 ? besideIt(from, way[0]) : belowIt(from, way[1])
  event.preventDefault()
  to?.focus()
  return to
}

function besideIt(from: HTMLElement, by: number): HTMLElement | null {
  const cells = [...(from.closest('tr')?.querySelectorAll<HTMLElement>('[data-cell]') ?? [])]
  return cells[cells.indexOf(from) + by] ?? null
}

/** Rows without such a cell, such as headings, are passed over. */
function belowIt(from: HTMLElement, by: number): HTMLElement | null {
  const name = CSS.escape(from.dataset.cell ?? '')
  let row = from.closest('tr') as Element | null
  while (row) {
    row = by > 0 ? row.nextElementSibling : row.previousElementSibling
    const found = row?.querySelector<HTMLElement>(`[data-cell="${name}"]`)
    if (found) return found
  }
  return null
}
