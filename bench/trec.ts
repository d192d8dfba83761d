import { noItem, type TopLists } from '../main/evaluation/lists'
import type { Interactions } from '../main/models/model'

// Lists and test items as the text files of trec_eval, which ranx and pytrec_eval read. Users and items are named by
// their numbers, so that no name has a space.

/** `qid Q0 docid rank score tag`; trec_eval ranks by score alone, so scores fall strictly with the rank. */
export function* runLines({ users, items, k }: TopLists, tag: string): Iterable<string> {
  for (let at = 0; at < items.length && k > 0; at++) {
    const rank = (at % k) + 1
    if (items[at] !== noItem) yield `u${users[Math.floor(at / k)]} Q0 i${items[at]} ${rank} ${k - rank + 1} ${tag}\n`
  }
}

/** `qid 0 docid relevance`, each item of a user once, with the highest rating of all its interactions. */
export function* qrelsLines({ users, offsets, itemIndices, values }: Interactions): Iterable<string> {
  for (let user = 0; user < users; user++) {
    const ratings = new Map<number, number>()
    for (let at = offsets[user]; at < offsets[user + 1]; at++) {
      ratings.set(itemIndices[at], Math.max(values[at], ratings.get(itemIndices[at]) ?? 0))
    }
    for (const [item, rating] of ratings) yield `u${user} 0 i${item} ${rating}\n`
  }
}
