/** English sentences of the engine beside their translations; `{name}` stands for a value, `<name>` for another text. */
export type Sentences = Readonly<Record<string, string>>

interface Pattern {
  /** What stands before, between and behind the places. */
  literals: string[]
  places: string[]
  translation: string
}

const place = /\{\w+\}|<\w+>/g

/**
 * Says what the engine says in another language. The engine speaks English, to the terminal as to the window; a text
 * that is not known here stays as it is. Several sentences in a row are said where each of them is known.
 */
export function createTranslator(sentences: Sentences): (text: string) => string {
  const patterns = Object.entries(sentences).map(([text, translation]): Pattern => {
    return { literals: text.split(place), places: text.match(place) ?? [], translation }
  })
  // The one that says most comes first.
  const size = ({ literals }: Pattern) => literals.join('').length
  patterns.sort((a, b) => size(b) - size(a))

  function whole(text: string): string | null {
    for (const pattern of patterns) {
      const values = match(pattern, text)
      if (values) return fill(pattern, values)
    }
    return null
  }

  function fill({ places, translation }: Pattern, values: string[]): string {
    return translation.replace(place, (name) => {
      const value = values[places.indexOf(name)]
      return name.startsWith('<') ? translate(value) : value
    })
  }

  function translate(text: string): string {
    const parts = text.split(/(?<=[.!?]) (?=\p{Lu})/u).map(whole)
    return parts.every((part) => part !== null) ? parts.join('') : (whole(text) ?? text)
  }
  return translate
}

/** The values at the places of a pattern, each as short as can be; null where the text is another one. */
function match({ literals }: Pattern, text: string): string[] | null {
  const [first, ...others] = literals
  if (others.length === 0) return text === first ? [] : null
  const last = others[others.length - 1]
  if (!text.startsWith(first) || !text.endsWith(last)) return null
  const values: string[] = []
  let at = first.length
  for (const literal of others.slice(0, -1)) {
    const next = text.indexOf(literal, at)
    if (next < 0) return null
    values.push(text.slice(at, next))
    at = next + literal.length
  }
  const end = text.length - last.length
  return end < at ? null : [...values, text.slice(at, end)]
}
