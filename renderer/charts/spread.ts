/**
 * Moves positions apart until neighbours keep `gap`, each as little as its group allows, within [low, high] where they
 * fit. The order of the positions is kept; equal ones keep the order given.
 */
export function spread(positions: readonly number[], gap: number, low: number, high: number): number[] {
  const order = positions.map((_, index) => index).sort((a, b) => positions[a] - positions[b] || a - b)
  const groups: { sum: number; members: number[]; start: number }[] = []
  for (const index of order) {
    let group = { sum: positions[index], members: [index], start: 0 }
    group.start = startOf(group, gap, low, high)
    for (let before = groups.at(-1); before && endOf(before, gap) > group.start; before = groups.at(-1)) {
      groups.pop()
      group = { sum: before.sum + group.sum, members: [...before.members, ...group.members], start: 0 }
      group.start = startOf(group, gap, low, high)
    }
    groups.push(group)
  }
  const moved = new Array<number>(positions.length)
  for (const { members, start } of groups) for (const [at, index] of members.entries()) moved[index] = start + at * gap
  return moved
}

/** Where a group's first member stands when the group is centred on the mean of its members' positions. */
function startOf(group: { sum: number; members: number[] }, gap: number, low: number, high: number): number {
  const { length } = group.members
  const extent = (length - 1) * gap
  return Math.max(low, Math.min(group.sum / length - extent / 2, high - extent))
}

/** Where the next group may begin. */
function endOf({ members, start }: { members: number[]; start: number }, gap: number): number {
  return start + members.length * gap
}
