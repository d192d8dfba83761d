import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { navigate, type Screen } from '../state/router'
import { endTour, stepOf, type TourStep, tourSteps, useTourEnded } from '../state/tour'
import styles from './tour.module.css'

/** Three steps along the screens, above each of them, until the user has seen them or wants no more. */
export function Tour({ screen }: { screen: Screen }) {
  const ended = useTourEnded()
  const step = stepOf(screen)
  return ended || step === null ? null : <Step step={step} />
}

function Step({ step }: { step: TourStep }) {
  const { t } = useTranslation()
  const at = tourSteps.indexOf(step)
  const before = tourSteps[at - 1]
  const next = tourSteps[at + 1]
  return (
    <section className={styles.tour} aria-label={t('tour.label')}>
      <span className={styles.place}>{t('tour.place', { step: at + 1, steps: tourSteps.length })}</span>
      <Text size="sm" className={styles.text}>
        <b>{t(`tour.${step}.title`)}</b> {t(`tour.${step}.text`)}
      </Text>
      <Group gap="sm" wrap="nowrap">
        <Button variant="subtle" color="gray" onClick={endTour}>
          {t('tour.skip')}
        </Button>
        {before && (
          <Button variant="default" onClick={() => navigate(before)}>
            {t('tour.back')}
          </Button>
        )}
        {next ? (
          <Button onClick={() => navigate(next)}>{t('tour.next', { title: t(`tour.${next}.title`) })}</Button>
        ) : (
          <Button onClick={endTour}>{t('tour.done')}</Button>
        )}
      </Group>
    </section>
  )
}
