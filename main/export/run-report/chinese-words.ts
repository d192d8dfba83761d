import { createTranslator } from '../../contract/texts/sentences'
import { metrics } from '../../contract/texts/zh/metrics'
import { modelCardSentences } from '../../contract/texts/zh/model-cards'
import { modelSentences } from '../../contract/texts/zh/models'
import { neuralModelSentences } from '../../contract/texts/zh/neural-models'
import { sequenceModelSentences } from '../../contract/texts/zh/sequence-models'
import type { ReportWords } from './words'

const known: Readonly<Record<string, { name: string; formula: string }>> = metrics.metrics

export const chinese: ReportWords = {
  say: createTranslator({
    ...modelSentences,
    ...modelCardSentences,
    ...neuralModelSentences,
    ...sequenceModelSentences,
  }),
  metric: ({ id, formula }) => {
    const { name, formula: own } = known[id] ?? { name: id, formula }
    return { name: name === id ? id : `${name} (${id})`, formula: own }
  },
}
