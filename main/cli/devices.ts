import { memoryBytes } from '../compute/devices'
import { bestDevice, type DeviceRecord } from '../contract/devices'
import { forkJob } from '../link/process'
import { listDevices } from '../training/devices'
import { createTaskRunner } from '../training/processes'
import { readArguments } from './arguments'
import type { Command } from './commands'
import { jobEntry } from './engine'

const usage = 'devices [--json]'

export const devices: Command = {
  usage,
  meaning: 'List what this machine can compute on, and try each.',
  async run(args) {
    const { values } = readArguments(usage, args, { json: { type: 'boolean' } })
    const found = await listDevices(createTaskRunner(() => forkJob(jobEntry), memoryBytes()))
    if (values.json) return console.log(JSON.stringify(found, null, 2))
    const best = bestDevice(found)
    for (const device of found) console.log(`${device === best ? '*' : ' '} ${describe(device)}`)
    console.log(`\nNetworks train on the one with the star unless a run names another; other models compute on cpu.`)
  },
}

function describe({ id, name, available, isSoftware, backend, threads, memoryBytes: bytes, detail }: DeviceRecord) {
  if (!available) return `${id}  not available. ${detail}`
  const size = threads > 0 ? `, ${threads} threads, ${(bytes / 2 ** 30).toFixed(1)} GiB` : ''
  const computed = `Computed by TensorFlow.js' backend ${backend}.`
  return `${id}  ${name}${size}. ${detail}${isSoftware ? ' Software that imitates a graphics card: slow.' : ''} ${computed}`
}
