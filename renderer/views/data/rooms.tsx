import type { ComponentType } from 'react'
import type { DatasetRecord } from '../../../main/contract/records'
import { FeaturesRoom } from './features/features-room'
import { PrivacyRoom } from './privacy/privacy-room'
import { ProfileRoom } from './profile/profile-room'
import { RecipeRoom } from './recipe/recipe-room'
import { SplitRoom } from './split/split-room'

/** What can be done with the dataset in force, in the order of the tabs; the first is open at first. */
export const rooms = [
  { id: 'profile', Room: ProfileRoom },
  { id: 'recipe', Room: RecipeRoom },
  { id: 'features', Room: FeaturesRoom },
  { id: 'split', Room: SplitRoom },
  { id: 'privacy', Room: PrivacyRoom },
] as const satisfies readonly {
  id: string
  Room: ComponentType<{ dataset: DatasetRecord }>
}[]
export type RoomId = (typeof rooms)[number]['id']
