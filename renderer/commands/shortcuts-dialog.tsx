import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../widgets/dialog'
import type { CommandId } from './command'
import styles from './dialogs.module.css'
import { Keys } from './keys'
import { groupIds, groups } from './registry'
import { shortcutOf } from './shortcuts'

/** Every shortcut, by group. */
export function ShortcutsDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useTranslation()
  const listed = groupIds
    .map((group) => ({ group, ids: groups[group].map(({ id }) => id).filter((id) => shortcutOf(id) !== null) }))
    .filter(({ ids }) => ids.length > 0)
  return (
    <Dialog opened={opened} onClose={onClose} size="lg" title={t('commands.shortcuts')}>
      <div className={styles.sheet}>
        {listed.map(({ group, ids }) => (
          <section key={group}>
            <h2 className={styles.heading}>{t(`commands.groups.${group}`)}</h2>
            <dl className={styles.keys}>
              {ids.map((id) => (
                <Line key={id} id={id} />
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Text size="xs" c="dimmed" mt="md">
        {t('commands.shortcutsNote')}
      </Text>
    </Dialog>
  )
}

function Line({ id }: { id: CommandId }) {
  const { t } = useTranslation()
  return (
    <div className={styles.line}>
      <dt>{t(`commands.of.${id}.title`)}</dt>
      <dd>
        <Keys keys={shortcutOf(id) ?? ''} />
      </dd>
    </div>
  )
}
