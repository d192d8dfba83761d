import { Alert, Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DeviceId } from '../../../main/contract/devices'
import type { Estimate, Offer } from '../../../main/contract/estimates'
import { useFormat } from '../../locales/format'
import { useOfferText } from '../../state/estimates'

interface CostProps {
  /** Undefined until it is known, and while a parameter is not finished: its line stays, so that nothing moves. */
  estimate: Estimate | undefined
  /** The card that it would be computed on; null for the processor's own kernels, whose times are known. */
  card: DeviceId | null
  onOffer(offer: Offer): void
}

/** What a run would take of time and memory; where it would not fit, what does. */
export function ModelCost({ estimate, card, onOffer }: CostProps) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!estimate) return <Text size="xs">{'\u00a0'}</Text>
  const { seconds, bytes, limitBytes } = estimate
  const numbers = {
    time: format.duration(rounded(seconds)),
    bytes: format.bytes(rounded(bytes)),
    limit: format.bytes(rounded(limitBytes)),
  }
  if (bytes > limitBytes) return <TooLarge offer={estimate.offer} onOffer={onOffer} numbers={numbers} />
  return (
    <Text size="xs" c="dimmed">
      {card ? t('cards.costOnCard', { ...numbers, device: t(`devices.names.${card}`) }) : t('cards.cost', numbers)}
    </Text>
  )
}

/** To two digits: an estimate promises no more. */
function rounded(value: number): number {
  return Number(value.toPrecision(2))
}

interface TooLargeProps extends Pick<CostProps, 'onOffer'> {
  offer: Estimate['offer']
  numbers: { bytes: string; limit: string }
}

function TooLarge({ offer, onOffer, numbers }: TooLargeProps) {
  const { t } = useTranslation()
  const describe = useOfferText()
  return (
    <Alert color="yellow" variant="light" my={4} p="xs">
      <Group gap="sm" justify="space-between">
        <Text size="sm">
          {t('cards.tooLarge', numbers)} {!offer && t('cards.nothingFits')}
        </Text>
        {offer && (
          <Button variant="default" onClick={() => onOffer(offer)}>
            {t('cards.takeOffer', { offer: describe(offer) })}
          </Button>
        )}
      </Group>
    </Alert>
  )
}
