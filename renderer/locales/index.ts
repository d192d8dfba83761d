import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { remember, useMemory } from '../state/memory'
import { en } from './en'
import { zh } from './zh'

export const languages = { en: 'English', zh: '中文' } as const
export type Language = keyof typeof languages

const storageKey = 'topn.language'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en }
    returnNull: false
  }
}

/** Starts with the language that this person has chosen in this browser; where none is, the workspace's, else the browser's. */
export async function startTranslation(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language === 'zh' ? 'zh-Hans' : language
  })
  await i18next.use(initReactI18next).init({
    lng: wantedLanguage(),
    fallbackLng: 'en',
    resources: { en: { translation: en }, zh: { translation: zh } },
    // React escapes text.
    interpolation: { escapeValue: false, skipOnVariables: true },
  })
  useMemory.subscribe(({ language }, before) => {
    if (language !== before.language) void i18next.changeLanguage(wantedLanguage())
  })
}

function wantedLanguage(): Language {
  return storedLanguage() ?? useMemory.getState().language ?? (navigator.language.startsWith('zh') ? 'zh' : 'en')
}

export function chooseLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language)
  } catch {
    // Storage is forbidden: the workspace remembers it.
  }
  remember({ language })
  void i18next.changeLanguage(language)
}

function storedLanguage(): Language | null {
  try {
    const stored = localStorage.getItem(storageKey)
    return stored !== null && Object.hasOwn(languages, stored) ? (stored as Language) : null
  } catch {
    return null
  }
}
