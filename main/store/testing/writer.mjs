// Loads datasets and saves runs with their results until it is killed; prints the id of each once it is acknowledged.
import { join } from 'node:path'
import { runnerImport } from 'vite'

const [folder, file] = process.argv.slice(2)
const { module } = await runnerImport(join(import.meta.dirname, '..', 'index.ts'), {
  configFile: false,
  logLevel: 'error',
})
const store = await module.openStore(folder)
console.log('open')
for (let number = 0; ; number++) {
  const source = { interactions: file, clean: [] }
  const context = { report() {}, signal: new AbortController().signal }
  const { id } = await store.loadDataset({ source, name: `dataset ${number}`, ...context })
  console.log(`dataset ${id}`)
  const users = Uint32Array.from({ length: 100 }, (_, user) => user)
  const lists = { k: 2, users, items: new Uint32Array(200).fill(number), scores: new Float32Array(200).fill(1) }
  await store.saveRun({ id: `run-${number}`, createdAt: String(number) })
  await store.saveRunResults(`run-${number}`, { lists, userMetrics: { users, values: {} } })
  console.log(`run run-${number} ${number}`)
}
