import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type DeviceId, deviceIds, offeredDevice } from '../../main/contract/devices'
import type { PlainError } from '../../main/contract/errors'
import type { RunRecord } from '../../main/contract/records'
import { useAction, useEngine } from '../state/engine'
import { type OfferedModel, offerOfError, requestOfOffer, useOfferText } from '../state/estimates'
import { useWorkbench } from '../state/workbench'
import { Failure } from './states'

/** Why a run has failed, and a button that starts what would fit into memory, or on a device that is left. */
export function RunFailure({ run, error }: { run: RunRecord; error: PlainError }) {
  const { t } = useTranslation()
  const offer = offerOfError(error)
  const devices = useWorkbench((state) => state.devices)
  const device = offeredDevice(deviceIds.find((id) => id === error.data.offerDevice) ?? null, devices)
  return (
    <Failure error={error} next={t('train.runs.failedNext')}>
      {offer && <OfferButton run={run} offer={offer} />}
      {device && <DeviceButton run={run} device={device} />}
    </Failure>
  )
}

function DeviceButton({ run, device }: { run: RunRecord; device: DeviceId }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const start = useAction(async () => {
    await engine.call('runs.again', { runId: run.id, device })
  })
  return (
    <Button variant="default" loading={start.busy} onClick={() => start.run()}>
      {t('devices.trainOn', { device: t(`devices.names.${device}`) })}
    </Button>
  )
}

function OfferButton({ run, offer }: { run: RunRecord; offer: OfferedModel }) {
  const { t } = useTranslation()
  const engine = useEngine()
  const start = useAction(async () => {
    await engine.call('runs.start', requestOfOffer(run, offer))
  })
  return (
    <Button variant="default" loading={start.busy} onClick={() => start.run()}>
      {t('cards.trainOffer', { offer: useOfferText()(offer) })}
    </Button>
  )
}
