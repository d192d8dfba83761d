import { createTranslator } from '../../../renderer/locales/sentences'
import { metrics } from '../../../renderer/locales/zh/metrics'
import { modelCardSentences } from '../../../renderer/locales/zh/model-cards'
import { modelSentences } from '../../../renderer/locales/zh/models'
import { neuralModelSentences } from '../../../renderer/locales/zh/neural-models'
import { sequenceModelSentences } from '../../../renderer/locales/zh/sequence-models'
import type { ExportSettings } from '../../contract/exports'

/** What models and metrics say of themselves, in the language of a report, as screens have it. */
export interface ReportWords {
  /** A text of a model's registry entry. */
  say(text: string): string
  /** A metric with the name and formula of its definition. */
  metric(metric: { id: string; formula: string }): { name: string; formula: string }
}

const inChinese: Readonly<Record<string, { name: string; formula: string }>> = metrics.metrics

export const reportWords: Record<ExportSettings['language'], ReportWords> = {
  en: { say: (text) => text, metric: ({ id, formula }) => ({ name: id, formula }) },
  zh: {
    say: createTranslator({
      ...modelSentences,
      ...modelCardSentences,
      ...neuralModelSentences,
      ...sequenceModelSentences,
    }),
    metric: ({ id, formula }) => {
      const { name, formula: own } = inChinese[id] ?? { name: id, formula }
      return { name: name === id ? id : `${name} (${id})`, formula: own }
    },
  },
}
