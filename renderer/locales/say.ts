import i18next from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { createTranslator } from '../../main/contract/texts/sentences'
import { engineSentences } from './zh/engine'

const translators: Record<string, (text: string) => string> = {
  zh: createTranslator(engineSentences),
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
