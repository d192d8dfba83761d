import { createRandom, type Random } from '../models/random'
import { adjectives, nouns, places } from './sample-words'

/** The built-in sample: what a user would otherwise have to bring. */
export interface SampleData {
  users: string[]
  items: string[]
  ratings: Float64Array
  /** Seconds since 1970, ascending within each user. */
  timestamps: Float64Array
  catalogue: { id: string; title: string; genres: string[] }[]
}

interface SampleItem {
  id: string
  title: string
  genres: number[]
  /** Weight in the choice: a few items are known to everybody. */
  popularity: number
}

const genres = ['Adventure', 'Comedy', 'Crime', 'Documentary', 'Drama', 'Fantasy', 'Mystery', 'Romance']
const userCount = 500
const itemCount = 300
const meanInteractions = 40
const start = Date.UTC(2025, 0, 1) / 1000
const year = 365 * 24 * 3600
/** How much more a user likes a genre of their own than another. */
const tasteStrength = 6
const seed = 20250101

/**
 * Invented people with one or two favourite genres, one of which changes in mid-year for a third of them, choose among
 * invented films: with a probability that grows with the film's popularity and with the share of its genres that they
 * like at that time. Ratings follow the same taste. Always the same data.
 */
export function createSample(): SampleData {
  const random = createRandom(seed)
  const items = createItems(random.derive('items'))
  const rows = Array.from({ length: userCount }, (_, user) => createHistory(user, items, random.derive(`user ${user}`)))
  const all = rows.flat()
  return {
    users: all.map(({ user }) => user),
    items: all.map(({ item }) => item),
    ratings: Float64Array.from(all, ({ rating }) => rating),
    timestamps: Float64Array.from(all, ({ timestamp }) => timestamp),
    catalogue: items.map(({ id, title, genres: own }) => ({ id, title, genres: own.map((genre) => genres[genre]) })),
  }
}

function createItems(random: Random): SampleItem[] {
  const titles = new Set<string>()
  while (titles.size < itemCount) titles.add(createTitle(random))
  return [...titles].map((title, index) => {
    const own = new Set<number>()
    const count = 1 + random.integer(3)
    while (own.size < count) own.add(random.integer(genres.length))
    // Zipf's law, over a shuffled order.
    const popularity = 1 / (1 + random.integer(itemCount)) ** 0.6
    return { id: `film-${String(index + 1).padStart(3, '0')}`, title, genres: [...own].sort(), popularity }
  })
}

function createTitle(random: Random): string {
  const pick = (words: readonly string[]) => words[random.integer(words.length)]
  const forms = [
    () => `The ${pick(adjectives)} ${pick(nouns)}`,
    () => `${pick(nouns)} of ${pick(places)}`,
    () => `${pick(adjectives)} ${pick(places)}`,
    () => `A ${pick(nouns)} in ${pick(places)}`,
  ]
  return forms[random.integer(forms.length)]()
}

function createHistory(user: number, items: SampleItem[], random: Random) {
  const [first, second, third] = [0, 1, 2].map(() => random.integer(genres.length))
  const drifts = random.uniform() < 1 / 3
  const count = Math.max(5, Math.round(meanInteractions * Math.exp(0.6 * random.normal() - 0.18)))
  const times = Float64Array.from({ length: Math.min(count, itemCount / 2) }, () => Math.floor(random.uniform() * year))
  const seen = new Set<SampleItem>()
  return [...times.sort()].map((time) => {
    const taste = new Set([first, drifts && time > year / 2 ? third : second])
    const item = choose(items, seen, taste, random)
    seen.add(item)
    return {
      user: `person-${String(user + 1).padStart(3, '0')}`,
      item: item.id,
      rating: rate(likedShare(item, taste), random),
      timestamp: start + time,
    }
  })
}

/** An item not seen before, by weight. */
function choose(items: SampleItem[], seen: Set<SampleItem>, taste: Set<number>, random: Random): SampleItem {
  const weights = items.map((item) =>
    seen.has(item) ? 0 : item.popularity * Math.exp(Math.log(tasteStrength) * 2 * likedShare(item, taste)),
  )
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0)
  const index = weights.findIndex((weight) => {
    left -= weight
    return left < 0
  })
  return items[index < 0 ? weights.findLastIndex((weight) => weight > 0) : index]
}

function likedShare(item: SampleItem, taste: Set<number>): number {
  return item.genres.filter((genre) => taste.has(genre)).length / item.genres.length
}

/** Whole stars from 1 to 5. */
function rate(liked: number, random: Random): number {
  return Math.min(5, Math.max(1, Math.round(2.8 + 1.7 * liked + 0.8 * random.normal())))
}
