import i18next from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { createTranslator } from '../../main/contract/texts/sentences'
import { modelCardSentences } from '../../main/contract/texts/zh/model-cards'
import { modelSentences } from '../../main/contract/texts/zh/models'
import { neuralModelSentences } from '../../main/contract/texts/zh/neural-models'
import { sequenceModelSentences } from '../../main/contract/texts/zh/sequence-models'
import { engineSentences } from './zh/engine'
import { exportSentences } from './zh/export-sentences'
import { importSentences } from './zh/import-sentences'
import { mapSentences } from './zh/maps'
import { sandboxSentences } from './zh/sandbox-sentences'
import { studySentences } from './zh/studies'
import { trainingControlSentences } from './zh/training-control'

const translators: Record<string, (text: string) => string> = {
  zh: createTranslator({
    ...engineSentences,
    ...studySentences,
    ...sandboxSentences,
    ...trainingControlSentences,
    ...mapSentences,
    ...modelSentences,
    ...modelCardSentences,
    ...neuralModelSentences,
    ...sequenceModelSentences,
    ...exportSentences,
    ...importSentences,
  }),
}

const asItIs = (text: string) => text

/** What the engine says, such as an error or the name of a model, in the language in force as far as it is known there. */
export function say(text: string): string {
  return (translators[i18next.language] ?? asItIs)(text)
}

/** As `say`, said anew where the language is switched. */
export function useSay(): (text: string) => string {
  const { language } = useTranslation().i18n
  return useMemo(() => translators[language] ?? asItIs, [language])
}
