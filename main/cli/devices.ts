import { listDevices } from '../compute/devices'
import { readArguments } from './arguments'
import type { Command } from './commands'

const usage = 'devices [--json]'

export const devices: Command = {
  usage,
  meaning: 'List what this machine can compute on.',
  run(args) {
    const { values } = readArguments(usage, args, { json: { type: 'boolean' } })
    const found = listDevices()
    if (values.json) return console.log(JSON.stringify(found, null, 2))
    for (const { id, name, threads, memoryBytes, detail } of found) {
      console.log(`${id}  ${name}, ${threads} threads, ${(memoryBytes / 2 ** 30).toFixed(1)} GiB. ${detail}`)
    }
  },
}
