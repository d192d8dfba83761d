import type { SegmentName } from '../../contract/segments'

/** Some users, or items, by index. */
export interface Segment {
  name: SegmentName
  members: Uint32Array
}

/** The places of `of` that hold for `belongs`, as a segment. */
export function segmentOf(name: SegmentName, count: number, belongs: (index: number) => boolean): Segment {
  return { name, members: Uint32Array.from({ length: count }, (_, index) => index).filter((index) => belongs(index)) }
}
