import { describe, expect, test } from 'vitest'
import { isNetwork } from '../contract/parameters'
import { offerThatFits, roomFor } from './offer'
import { checkParameters, findModel, models, parametersOf } from './registry'

const gibibyte = 2 ** 30
const anything = () => true
const offerFor = (
  id: string,
  size: { users: number; items: number; interactions: number },
  bytes: number,
  given = {},
) =>
  offerThatFits(findModel(id), size, parametersOf(findModel(id), { params: given }, 'models[0]'), {
    bytes,
    isAble: anything,
  })

/** Few users, very many items: 8 items² bytes are 20 GB. */
const wide = { users: 10_000, items: 50_000, interactions: 2_000_000 }
const tall = { users: 5_000_000, items: 20_000, interactions: 10_000_000 }

describe('what would fit in place of a model that does not', () => {
  test('is the model with vectors as long as there is room, and it does fit', () => {
    const params = { embedding_size: 512 }
    const offer = offerFor('ials', tall, 8 * gibibyte, params)
    expect(offer).toMatchObject({ model: 'ials', params: { embedding_size: expect.any(Number) } })
    const size = Number(offer?.params.embedding_size)
    const ials = findModel('ials')
    const bytesOf = (embedding_size: number) => ials.estimateBytes(tall, checkParameters(ials, { embedding_size }))
    expect(offer?.bytes).toBe(bytesOf(size))
    expect(bytesOf(size)).toBeLessThanOrEqual(8 * gibibyte)
    // The next one that people would choose does not.
    expect(bytesOf(size + 8)).toBeGreaterThan(8 * gibibyte)
  })

  test('keeps what was chosen of the other parameters', () => {
    const offer = offerFor('ials', tall, 8 * gibibyte, { embedding_size: 512, alpha: 3 })
    expect(offer?.params).toMatchObject({ alpha: 3 })
  })

  test('is fewer neighbours of each row where those fill the memory', () => {
    const offer = offerFor('user-knn', { ...tall, users: 500_000 }, 4 * gibibyte, { neighbors: 1000 })
    expect(offer).toMatchObject({ model: 'user-knn', params: { neighbors: expect.any(Number) } })
  })

  test('of a matrix of items x items is a model of the family that holds none', () => {
    expect(offerFor('ease', wide, 4 * gibibyte)).toMatchObject({ model: 'pure-svd', params: {} })
    // SLIM holds half of what EASE does.
    const narrower = { ...wide, items: 25_000 }
    expect(offerFor('ease', narrower, 3 * gibibyte)).toMatchObject({ model: 'slim' })
  })

  test('stays within what the kernels can address, however much memory there is', () => {
    // 4 items² bytes of EASE lie there, 10 GB, and as many of SLIM.
    expect(offerFor('ease', wide, 100 * gibibyte)).toMatchObject({ model: 'pure-svd' })
    expect(roomFor(findModel('ease'), 100 * gibibyte)).toBe(8 * gibibyte)
    expect(roomFor(findModel('slim'), 100 * gibibyte)).toBe(4 * gibibyte)
    expect(roomFor(findModel('slim'), gibibyte)).toBe(gibibyte)
  })

  test('of a network is what the heap of the processor holds, and on a card all that there is', () => {
    const networks = models.filter(isNetwork)
    expect(networks.length).toBeGreaterThan(8)
    for (const network of networks) {
      expect(roomFor(network, 100 * gibibyte, 'cpu'), network.id).toBe(3.5 * gibibyte)
      expect(roomFor(network, gibibyte, 'cpu')).toBe(gibibyte)
      expect(roomFor(network, 100 * gibibyte, 'cuda')).toBe(100 * gibibyte)
    }
    const lightgcn = findModel('lightgcn')
    const size = { ...tall, users: 200_000 }
    const limits = { bytes: 100 * gibibyte, isAble: anything, device: 'cpu' as const }
    const offer = offerThatFits(lightgcn, size, checkParameters(lightgcn, { embedding_size: 512 }), limits)
    expect(offer).toMatchObject({ model: 'lightgcn', params: { embedding_size: expect.any(Number) } })
    expect(offer?.bytes).toBeLessThanOrEqual(3.5 * gibibyte)
  })

  test('of another family only where none of the own one does, and never one that cannot do what is wanted', () => {
    const size = { ...wide, featureValues: 0 }
    const ease = findModel('ease')
    const isAble = ({ family }: { family: string }) => family !== 'Linear'
    const limits = { bytes: 4 * gibibyte, isAble }
    expect(offerThatFits(ease, size, checkParameters(ease, {}), limits)).toMatchObject({ model: 'item-knn' })
  })

  test('is nothing where nothing fits', () => {
    for (const { id } of models) expect(offerFor(id, wide, 1000)).toBeNull()
  })
})
