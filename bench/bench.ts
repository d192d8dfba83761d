import { createCompute } from '../main/compute/create'
import { splitInteractions } from '../main/data/split'
import { createRandom } from '../main/models/random'
import { checkParameters, findModel } from '../main/models/registry'
import { readEncoded } from './data'
export async function main(args: string[]) {
  const e = readEncoded('ml-1m-ncf')
  const { train } = splitInteractions(e, { strategy: 'leave-one-out' }, createRandom(1))
  console.log(train.users, train.items, train.itemIndices.length)
  for (const threads of [1, 2])
    for (const d of [64, 128]) {
      const compute = await createCompute({ threads })
      const m = findModel('ials')
      const params = checkParameters(m, { embedding_size: d, epochs: 8 })
      let last = performance.now()
      const times: number[] = []
      const t = await m.fit({
        train,
        params,
        random: createRandom(1),
        compute,
        signal: new AbortController().signal,
        report() {
          const n = performance.now()
          times.push(n - last)
          last = n
        },
      })
      console.log(threads, d, times.map((x) => x.toFixed(0)).join(' '))
      const s = await m.score!({ tensors: t, params, compute }, train)
      const users = Uint32Array.from({ length: train.users }, (_, i) => i)
      const st = performance.now()
      for (let i = 0; i < train.users; i += 2000) {
        const u = users.subarray(i, i + 2000)
        await s.score(u, new Float32Array(u.length * train.items))
      }
      console.log('score', performance.now() - st)
      s.close()
      if (d === 64) {
        const k = findModel('item-knn')
        const p = checkParameters(k, {})
        const st = performance.now()
        await k.fit({
          train,
          params: p,
          random: createRandom(1),
          compute,
          signal: new AbortController().signal,
          report() {},
        })
        console.log('knn', performance.now() - st)
      }
      await compute.close()
    }
}
