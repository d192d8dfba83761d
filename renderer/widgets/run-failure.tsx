import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PlainError } from '../../main/contract/errors'
import type { RunRecord } from '../../main/contract/records'
import { useAction, useEngine } from '../state/engine'
import { type OfferedModel, offerOfError, requestOfOffer, useOfferText } from '../state/estimates'
import { Failure } from './states'

/** Why a run has failed, and where it did not fit into memory a button that starts what would. */
export function RunFailure({ run, error }: { run: RunRecord; error: PlainError }) {
  const { t } = useTranslation()
  const offer = offerOfError(error)
  return (
    <Failure error={error} next={t('train.runs.failedNext')}>
      {offer && <OfferButton run={run} offer={offer} />}
    </Failure>
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
