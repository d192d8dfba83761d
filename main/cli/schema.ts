import { experimentJsonSchema } from '../engine/experiment'
import type { Command } from './commands'

export const schema: Command = {
  usage: 'schema',
  meaning: 'Print the JSON Schema of the experiment file.',
  run() {
    console.log(JSON.stringify(experimentJsonSchema(), null, 2))
  },
}
