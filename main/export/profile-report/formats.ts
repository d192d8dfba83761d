import type { Exploration } from '../../contract/exploration'

type TimeUnit = NonNullable<Exploration['time']>['unit']

/** Numbers and times as a language writes them; times are UTC. */
export function createFormats(language: string) {
  const count = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const value = new Intl.NumberFormat(language, { maximumSignificantDigits: 6 })
  const average = new Intl.NumberFormat(language, { maximumSignificantDigits: 4 })
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumSignificantDigits: 3 })
  const dates = {
    year: new Intl.DateTimeFormat(language, { year: 'numeric', timeZone: 'UTC' }),
    month: new Intl.DateTimeFormat(language, { year: 'numeric', month: 'short', timeZone: 'UTC' }),
    day: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }),
    hour: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }),
  }
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  const written = (format: Intl.DateTimeFormat, seconds: number) => {
    const date = new Date(seconds * 1000)
    return Number.isNaN(date.getTime()) ? `${seconds} s` : format.format(date)
  }
  return {
    count: (amount: number) => count.format(amount),
    value: (amount: number) => value.format(amount),
    /** A mean, or another number that was computed: four digits. */
    average: (amount: number) => average.format(amount),
    percent: (share: number) => percent.format(share),
    moment: (seconds: number) => written(dates.hour, seconds),
    period: (seconds: number, unit: TimeUnit) =>
      written(unit === 'week' || unit === 'part' ? dates.day : dates[unit], seconds),
    /** 1 for Monday; 5 January 1970 was one. */
    weekday: (day: number) => weekday.format(new Date((day + 3) * 86_400_000)),
  }
}

export type Formats = ReturnType<typeof createFormats>
