import { Radio, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ExportFormatId, ExportOffer } from '../../../main/contract/exports'
import { useSay } from '../../locales/say'

interface FormatListProps {
  offers: readonly ExportOffer[]
  chosen: ExportFormatId
  onChange(format: ExportFormatId): void
}

/** Every format, by what it takes away; one that cannot be had says why. */
export function FormatList({ offers, chosen, onChange }: FormatListProps) {
  const { t } = useTranslation()
  const kinds = [...new Set(offers.map(({ kind }) => kind))]
  return (
    <Radio.Group label={t('exports.format')} value={chosen} onChange={(format) => onChange(format as ExportFormatId)}>
      <Stack gap="sm" mt={4}>
        {kinds.map((kind) => (
          <Stack key={kind} gap={4}>
            <Text size="xs" c="dimmed">
              {t(`exports.kinds.${kind}`)}
            </Text>
            {offers
              .filter((offer) => offer.kind === kind)
              .map((offer) => (
                <FormatLine key={offer.format} offer={offer} />
              ))}
          </Stack>
        ))}
      </Stack>
    </Radio.Group>
  )
}

function FormatLine({ offer: { format, refusal } }: { offer: ExportOffer }) {
  const { t } = useTranslation()
  const say = useSay()
  return (
    <Radio
      value={format}
      size="xs"
      disabled={refusal !== null}
      label={t(`exports.formats.${format}.name`)}
      description={refusal === null ? t(`exports.formats.${format}.text`) : say(refusal)}
    />
  )
}
