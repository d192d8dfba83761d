import type { ProfileId } from '../../contract/profiles'
import { elliot } from './elliot'
import { implicit } from './implicit'
import { lenskit } from './lenskit'
import type { Profile } from './profile'
import { recbole } from './recbole'
import { rectools } from './rectools'
import { topn } from './topn'
import { trecEval } from './trec-eval'

/** All profiles, in the order in which they are shown. */
export const profiles: readonly Profile[] = [topn, recbole, lenskit, rectools, trecEval, implicit, elliot]

export function findProfile(id: ProfileId): Profile {
  const found = profiles.find((profile) => profile.id === id)
  if (!found) throw new Error(`the profile ${id} is in the contract but not in the registry`)
  return found
}
