import { commands } from './cli/commands'
import { TopnError, toPlainError } from './contract/errors'

// The terminal door: `topn COMMAND ...`. Exit code 2: the request is wrong; 1: the data or the work failed.

const [name = 'help', ...args] = process.argv.slice(2)

try {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new TopnError('BAD_REQUEST', `There is no command ${name}. "topn help" lists them.`)
  await command.run(args)
} catch (error) {
  // The terminal belongs to the user: an error of TopN's own is shown whole.
  const { code, message } = toPlainError(error, true)
  console.error(`topn: ${message}`)
  if (code === 'INTERNAL' && process.env.TOPN_DEBUG) console.error(error)
  process.exitCode = code === 'BAD_REQUEST' ? 2 : 1
}
