import { type HistoryForm, type ScoringForm, sequencesOf, type Trained, type UsersForm } from '../form'
import { fusionOf } from './fusion'
import type { MembersOf } from './members'

/**
 * The forms of the members that count, fused. Null where one has none, or where two part histories into sessions by other
 * gaps: then no one order of items says what all of them read.
 */
export function fusedForm({ tensors, params }: Trained, membersOf: MembersOf): ScoringForm | null {
  const members = membersOf(tensors).filter(({ weight }) => weight !== 0)
  const forms = members.map(({ model, ...trained }) => model.form?.(trained) ?? null)
  const known = forms.map((form) => form?.users ?? form?.histories ?? null)
  const fuse = <F extends UsersForm | HistoryForm>(own: readonly (F | null | undefined)[]) => {
    const fused = own.flatMap((form, at) => (form ? [{ weight: members[at].weight, form }] : []))
    const gaps = new Set(fused.flatMap(({ form }) => sequencesOf(form)).map(({ sessionGap }) => sessionGap))
    if (fused.length < members.length || gaps.size > 1) return null
    return { kind: 'fused' as const, members: fused, fusion: fusionOf(params) }
  }
  const [users, histories] = [fuse(known), fuse(forms.map((form) => form?.histories))]
  if (!users) return null
  const hasUsers = forms.some((form) => form?.users)
  return { ...(hasUsers && { users }), ...(histories && { histories }) }
}
