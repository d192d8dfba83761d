import { Select } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { bestDevice, type DeviceChoice, type DeviceRecord } from '../../../main/contract/devices'
import { useWorkbench } from '../../state/workbench'

interface DeviceSelectProps {
  value: DeviceChoice
  onChange(device: DeviceChoice): void
}

/** What networks train on: the best there is, or one of those that work. */
export function DeviceSelect({ value, onChange }: DeviceSelectProps) {
  const { t } = useTranslation()
  const devices = useWorkbench((state) => state.devices)
  const best = bestDevice(devices)
  const bestLabel = best ? t('devices.bestOf', { device: t(`devices.names.${best.id}`) }) : t('devices.best')
  return (
    <Select
      label={t('devices.label')}
      title={t('devices.help')}
      data={[
        { value: 'best', label: bestLabel },
        ...devices.map((device) => ({ value: device.id, label: labelOf(device, t), disabled: !device.available })),
      ]}
      value={value}
      onChange={(device) => device !== null && onChange(device as DeviceChoice)}
    />
  )
}

function labelOf({ id, available, isSoftware }: DeviceRecord, t: TFunction): string {
  const device = t(`devices.names.${id}`)
  if (!available) return t('devices.unavailable', { device })
  return isSoftware ? t('devices.software', { device }) : device
}
