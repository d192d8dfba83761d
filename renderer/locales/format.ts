import { useTranslation } from 'react-i18next'

/** Writes values the way a language does. */
export interface Format {
  /** A count: grouped, no decimals. */
  count(value: number): string
  /** A change of a count, with its sign. */
  signed(value: number): string
  /** A value of data as it stands, such as a rating or a parameter; six digits at most. */
  value(value: number): string
  /** A number that data says of a user or an item, such as a year: six digits at most, grouped from five digits on. */
  attribute(value: number): string
  /** A metric or score: `digits` decimals. */
  decimal(value: number, digits?: number): string
  /** A model's score: five digits, so that columns of one model line up. */
  score(value: number): string
  percent(share: number): string
  /** A count in little room: `1.2K`. */
  compact(value: number): string
  bytes(value: number): string
  /** `24ms`, `0.3s`, `41s`, `2m 5s`, `1h 3m`. */
  duration(seconds: number): string
  /** Date alone, in UTC: timestamps of interactions carry no time zone. */
  date(seconds: number): string
  /** The calendar's unit that begins then, in UTC: `2004`, `Mar 2004`, `Mar 7, 2004`, `Mar 7, 2004, 10:00`. */
  period(seconds: number, unit: 'year' | 'month' | 'day' | 'hour'): string
  /** 1 is Monday: `Mon`. */
  weekday(day: number): string
  /** Date and time of day of the viewer, of an ISO text. */
  moment(iso: string): string
  /** Time of day of the viewer to the second, of an ISO text. */
  clock(iso: string): string
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

export function createFormat(language: string): Format {
  const count = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const signed = new Intl.NumberFormat(language, { maximumFractionDigits: 0, signDisplay: 'exceptZero' })
  const value = new Intl.NumberFormat(language, { maximumSignificantDigits: 6 })
  const attribute = new Intl.NumberFormat(language, { maximumSignificantDigits: 6, useGrouping: 'min2' })
  const score = new Intl.NumberFormat(language, { minimumSignificantDigits: 5, maximumSignificantDigits: 5 })
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumSignificantDigits: 3 })
  const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumSignificantDigits: 3 })
  const periods = {
    year: new Intl.DateTimeFormat(language, { year: 'numeric', timeZone: 'UTC' }),
    month: new Intl.DateTimeFormat(language, { year: 'numeric', month: 'short', timeZone: 'UTC' }),
    day: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }),
    hour: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }),
  }
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium' })
  const decimals = remembered(
    (digits: number) =>
      new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  )
  const units = remembered((key: string) => {
    const [unit, digits] = key.split(' ')
    const unitDisplay = unit.endsWith('byte') ? 'short' : 'narrow'
    return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits: Number(digits) })
  })
  const unit = (name: string, amount: number, digits: number) => units(`${name} ${digits}`).format(amount)

  return {
    count: (amount) => count.format(amount),
    signed: (amount) => signed.format(amount),
    value: (amount) => value.format(amount),
    attribute: (amount) => attribute.format(amount),
    decimal: (amount, digits = 4) => (Number.isFinite(amount) ? decimals(digits).format(amount) : '–'),
    score: (amount) => score.format(amount),
    percent: (share) => percent.format(share),
    bytes(amount) {
      const power = Math.min(byteUnits.length - 1, Math.floor(Math.log10(Math.max(1, amount)) / 3))
      return unit(byteUnits[power], amount / 1000 ** power, power === 0 ? 0 : 1)
    },
    duration(seconds) {
      if (seconds > 0 && seconds < 0.0995) return unit('millisecond', 1000 * seconds, 0)
      if (seconds < 10) return unit('second', Math.max(0, seconds), 1)
      const whole = Math.round(seconds)
      if (whole < 60) return unit('second', whole, 0)
      if (whole < 3600) return `${unit('minute', Math.floor(whole / 60), 0)} ${unit('second', whole % 60, 0)}`
      return `${unit('hour', Math.floor(whole / 3600), 0)} ${unit('minute', Math.floor((whole % 3600) / 60), 0)}`
    },
    compact: (amount) => compact.format(amount),
    date: (seconds) => writtenPeriod(periods.day, seconds),
    period: (seconds, unit) => writtenPeriod(periods[unit], seconds),
    // The first of January 1970 was a Thursday.
    weekday: (day) => weekday.format(new Date((day - 4) * 86_400_000)),
    moment: (iso) => writtenTime(moment, iso),
    clock: (iso) => writtenTime(clock, iso),
  }
}

/** What Intl makes takes a hundred times as long to make as to use. */
function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}

const formatOf = remembered(createFormat)

function writtenPeriod(format: Intl.DateTimeFormat, seconds: number): string {
  const time = new Date(seconds * 1000)
  return Number.isNaN(time.getTime()) ? String(seconds) : format.format(time)
}

function writtenTime(format: Intl.DateTimeFormat, iso: string): string {
  const time = new Date(iso)
  return Number.isNaN(time.getTime()) ? iso : format.format(time)
}

export function useFormat(): Format {
  const { i18n } = useTranslation()
  return formatOf(i18n.language)
}
