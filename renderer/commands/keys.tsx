import { Kbd } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './keys.module.css'
import { isMac } from './platform'

const names: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: isMac ? '⇧' : 'Shift',
  enter: isMac ? '↵' : 'Enter',
  escape: 'Esc',
  backspace: isMac ? '⌫' : 'Backspace',
  up: '↑',
  down: '↓',
}

/** A shortcut as keys: those of a chord side by side, those of a sequence with a word between. */
export function Keys({ keys }: { keys: string }) {
  const { t } = useTranslation()
  return (
    <span className={styles.keys}>
      {keys.split(' ').map((chord, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a shortcut never changes
        <span key={index} className={styles.keys}>
          {index > 0 && <span className={styles.then}>{t('commands.andThen')}</span>}
          {chord.split('+').map((key) => (
            <Kbd key={key} size="xs" className={styles.key}>
              {names[key] ?? (key.length === 1 ? key.toUpperCase() : key)}
            </Kbd>
          ))}
        </span>
      ))}
    </span>
  )
}
