/**
 * Words of at least two letters or digits in small letters, as scikit-learn's vectorizers take them; each character of a
 * script that is written without spaces is a word.
 */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(word) ?? []
}

const alone = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}'
const word = new RegExp(`[${alone}]|(?:(?![${alone}])[\\p{L}\\p{M}\\p{N}_]){2,}`, 'gu')

/** All runs of 1 to `longest` words. */
export function termsOf(text: string, longest: number): string[] {
  const words = wordsOf(text)
  const terms: string[] = []
  for (let length = 1; length <= longest; length++) {
    for (let from = 0; from + length <= words.length; from++) terms.push(words.slice(from, from + length).join(' '))
  }
  return terms
}

/** FNV-1a, 32 bits, of the text's UTF-8 bytes. http://www.isthe.com/chongo/tech/comp/fnv */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}
