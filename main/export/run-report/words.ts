import type { ExportSettings } from '../../contract/exports'

/** What models and metrics say of themselves, in the language of a report, as screens have it. */
export interface ReportWords {
  /** A text of a model's registry entry. */
  say(text: string): string
  /** A metric with the name and formula of its definition. */
  metric(metric: { id: string; formula: string }): { name: string; formula: string }
}

const english: ReportWords = { say: (text) => text, metric: ({ id, formula }) => ({ name: id, formula }) }

/** Another language is loaded only for a report in it: every job starts this program. */
export async function wordsIn(language: ExportSettings['language']): Promise<ReportWords> {
  return language === 'zh' ? (await import('./chinese-words')).chinese : english
}
