import { adjust, parseRoute } from './router'

export const usersRooms = ['lists', 'item', 'whatIf', 'cold'] as const
export type UsersRoom = (typeof usersRooms)[number]

/** Of an address; where it names none, the lists. */
export function roomOf(asked: string | null): UsersRoom {
  return usersRooms.find((room) => room === asked) ?? 'lists'
}

/** Where the way back from an item leads, of what the address says. */
export function roomBefore(from: string | null): 'lists' | 'whatIf' {
  return from === 'whatIf' ? 'whatIf' : 'lists'
}

/** Goes to a room; an item keeps where the way back leads. */
export function openRoom(room: UsersRoom, query: { item?: string } = {}): void {
  const before = roomOf(parseRoute(location.hash).query.get('room'))
  adjust('users', { room, ...(room === 'item' && before !== 'item' && { from: before }), ...query })
}

export function openItem(item: string): void {
  openRoom('item', { item })
}
