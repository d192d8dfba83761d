import { Button, CopyButton, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../locales/format'
import { dismissNotice, dismissNotices, type Notice, useNotices } from '../state/notify'
import { Dialog } from '../widgets/dialog'
import styles from './dialogs.module.css'

/** Every error and warning that was not dismissed, with its whole text. */
export function NoticesDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useTranslation()
  const notices = useNotices((state) => state.notices)
  return (
    <Dialog opened={opened} onClose={onClose} size="lg" title={t('notices.title')}>
      {notices.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('notices.none')}
        </Text>
      ) : (
        <>
          <ul className={styles.notices}>
            {notices.map((notice) => (
              <Line key={notice.id} notice={notice} />
            ))}
          </ul>
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={dismissNotices}>
              {t('notices.dismissAll')}
            </Button>
          </Group>
        </>
      )}
    </Dialog>
  )
}

function Line({ notice: { id, level, at, message } }: { notice: Notice }) {
  const { t } = useTranslation()
  const format = useFormat()
  const time = new Date(at).toISOString()
  return (
    <li className={styles.notice}>
      <Group gap="sm">
        <Text span size="xs" className={styles[level]}>
          {t(`notices.level.${level}`)}
        </Text>
        <Text span size="xs" c="dimmed">
          {format.moment(time)}
        </Text>
      </Group>
      <p className={styles.message}>{message}</p>
      <Group gap="sm">
        <CopyButton value={`${time} ${level}: ${message}`}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t('notices.copied') : t('notices.copy')}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={() => dismissNotice(id)}>
          {t('notices.dismiss')}
        </Button>
      </Group>
    </li>
  )
}
