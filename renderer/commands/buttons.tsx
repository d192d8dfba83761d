import { ActionIcon, Indicator, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useNotices } from '../state/notify'
import { BellIcon } from '../widgets/icons'
import { Keys } from './keys'
import styles from './palette.module.css'
import { show } from './state'

/** Opens the palette; looks like the field that it opens. */
export function PaletteButton() {
  const { t } = useTranslation()
  return (
    <UnstyledButton className={styles.search} aria-haspopup="dialog" onClick={() => show({ kind: 'palette' })}>
      <span className={`${styles.searchText} clipped`}>{t('commands.open')}</span>
      <Keys keys="mod+k" />
    </UnstyledButton>
  )
}

/** The bell: how many errors and warnings wait to be looked at. */
export function NoticesButton() {
  const { t } = useTranslation()
  const count = useNotices(({ notices }) => notices.length)
  const label = t('notices.show', { count })
  return (
    <Indicator label={count} disabled={count === 0} size={15} offset={5} color="red.9">
      <ActionIcon aria-label={label} title={label} aria-haspopup="dialog" onClick={() => show({ kind: 'notices' })}>
        <BellIcon />
      </ActionIcon>
    </Indicator>
  )
}
