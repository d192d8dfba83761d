import { expect, test } from 'vitest'
import type { Checkpoint } from '../checkpoint'
import { capabilitiesOf, type FitProgress } from '../model'
import { fitModel, keptCheckpoints, tastes } from '../testing'
import { copyOf, type Trials } from './trials'

/** What a model must hold to while it is trained. */
export function trainingConformance({ model, train, isNetwork, few, once, trained, compute }: Trials): void {
  test('its progress goes up and ends at 1', async () => {
    const { fitted, reports } = once(train, few)
    await fitted
    const fractions = reports.map(({ fraction }) => fraction ?? 0)
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
    expect(fractions.at(-1)).toBe(1)
    const values = reports.flatMap((progress) => Object.values(progress.values ?? {}))
    expect(values.every(Number.isFinite)).toBe(true)
  })

  test.runIf(isNetwork || model.checkpoint)(
    'it goes on from any checkpoint to the same result, bit for bit',
    async () => {
      expect(capabilitiesOf(model)).toContain('checkpoint')
      const kept: Checkpoint[] = []
      const whole = await trained(2, { checkpoints: keptCheckpoints(kept) })
      for (const share of [0.5, 1]) {
        const last = asStored(kept[Math.floor(share * (kept.length - 1))])
        const saved: Checkpoint[] = []
        const resumed = await trained(2, { checkpoints: keptCheckpoints(saved, { last }) })
        expect(resumed.tensors).toEqual(whole.tensors)
        expect(saved.at(-1)).toEqual(kept.at(-1))
      }
    },
  )

  test('it does not begin once cancelled', async () => {
    const reason = new Error('cancelled before the start')
    await expect(trained(2, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })

  test('it ends with the reason when it is cancelled while it works', async () => {
    const large = tastes(3000, 1500, 60)
    const endless = Object.fromEntries(
      model.parameters.filter(({ name }) => name === 'epochs').map((p) => [p.name, 1000]),
    )
    const controller = new AbortController()
    const reason = new Error('cancelled on the way')
    let fraction: number | null = 0
    setImmediate(() => controller.abort(reason))
    const options = {
      params: endless,
      signal: controller.signal,
      report: (progress: FitProgress) => {
        fraction = progress.fraction
      },
    }
    const outcome = await fitModel(model, large, compute(), options).catch((error) => error)
    // What is done before anything else can run cannot be cancelled.
    expect(controller.signal.aborted ? outcome : fraction).toBe(controller.signal.aborted ? reason : 1)
    if (controller.signal.aborted) expect(fraction).not.toBe(1)
    // The threads are free for other work.
    await expect(trained()).resolves.toBeDefined()
  })
}

function asStored({ tensors, state }: Checkpoint): Checkpoint {
  return { tensors: copyOf(tensors), state: JSON.parse(JSON.stringify(state)) }
}
