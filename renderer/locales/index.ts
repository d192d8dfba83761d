import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
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

/** Starts with the language chosen before, else the browser's. */
export async function startTranslation(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language === 'zh' ? 'zh-Hans' : language
  })
  await i18next.use(initReactI18next).init({
    lng: storedLanguage() ?? (navigator.language.startsWith('zh') ? 'zh' : 'en'),
    fallbackLng: 'en',
    resources: { en: { translation: en }, zh: { translation: zh } },
    // React escapes text.
    interpolation: { escapeValue: false, skipOnVariables: true },
  })
}

export function chooseLanguage(language: Language): void {
  try {
    localStorage.setItem(storageKey, language)
  } catch {
    // Storage is forbidden: the choice lasts for this visit.
  }
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
