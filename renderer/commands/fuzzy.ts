/**
 * How well a text answers a query, higher is better; null where some word of the query is not in it. A word is in the
 * text in one piece, or letter by letter: the first at the start of a word, each other further on in the same word or
 * at the start of a later one, so that `trda` and `tran` both find `train data`. Pieces and starts of words count
 * more; among equals the shorter text comes first.
 *
 * @param inPieces - take no letters by themselves
 */
export function fuzzyScore(query: string, text: string, inPieces = false): number | null {
  const folded = fold(text)
  let total = -folded.length / 1000
  for (const word of fold(query).split(/\s+/).filter(Boolean)) {
    const score = pieceScore(word, folded) ?? (inPieces ? null : lettersScore(word, folded))
    if (score === null) return null
    total += score / word.length
  }
  return total
}

const piece = 6
const together = 3
const atStart = 2
const skipped = 0.5

/** For a word that stands in the text in one piece. */
function pieceScore(word: string, text: string): number | null {
  if (!text.includes(word)) return null
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (startsWord(text, at)) return (piece + atStart) * word.length
  }
  return piece * word.length
}

/** The best of all ways to find the letters one after another. */
function lettersScore(word: string, text: string): number | null {
  const known = new Map<number, number | null>()
  function rest(letter: number, from: number): number | null {
    if (letter === word.length) return 0
    const key = letter * (text.length + 1) + from
    const found = known.get(key)
    if (found !== undefined) return found
    let best: number | null = null
    let sameWord = letter > 0
    for (let at = from; at < text.length; at++) {
      const start = startsWord(text, at)
      if (at > from && start) sameWord = false
      if (text[at] !== word[letter] || !(start || sameWord)) continue
      const after = rest(letter + 1, at + 1)
      if (after === null) continue
      const score = after + (start ? atStart : at === from ? together : skipped)
      if (best === null || score > best) best = score
    }
    known.set(key, best)
    return best
  }
  return rest(0, 0)
}

/** Whether a word starts here; each Chinese character is a word. */
function startsWord(text: string, at: number): boolean {
  if (/\p{Script=Han}/u.test(text[at])) return true
  return /[\p{Letter}\p{Number}]/u.test(text[at]) && (at === 0 || !/[\p{Letter}\p{Number}]/u.test(text[at - 1]))
}

/** Case, accents and width do not matter. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
}
