import { devices } from './devices'
import { exportRun } from './export'
import { importRun } from './import'
import { models } from './models'
import { profile } from './profile'
import { recommend } from './recommend'
import { resume } from './resume'
import { run } from './run'
import { schema } from './schema'
import { serve } from './serve'

export interface Command {
  usage: string
  meaning: string
  run(args: string[]): Promise<void> | void
}

const help: Command = {
  usage: 'help',
  meaning: 'List the commands.',
  run() {
    console.log('topn: a workbench for recommender systems\n')
    for (const { usage, meaning } of Object.values(commands)) console.log(`  topn ${usage}\n      ${meaning}`)
  },
}

export const commands: Record<string, Command> = {
  run,
  resume,
  profile,
  recommend,
  export: exportRun,
  import: importRun,
  models,
  devices,
  schema,
  serve,
  help,
}
