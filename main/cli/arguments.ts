import { type ParseArgsConfig, parseArgs } from 'node:util'
import { TopnError } from '../contract/errors'

/** Reads a command's options; anything unknown is refused with the command's usage. */
export function readArguments<T extends ParseArgsConfig['options']>(usage: string, args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('. ')[0] : String(cause)
    throw new TopnError('BAD_REQUEST', `${reason}. Usage: topn ${usage}`, {}, { cause })
  }
}

/** The one positional argument that a command needs. */
export function onlyArgument(usage: string, positionals: string[]): string {
  if (positionals.length !== 1) throw new TopnError('BAD_REQUEST', `Usage: topn ${usage}`)
  return positionals[0]
}

/** A whole number from `minimum` to `maximum`, or the fallback where the option was not given. */
export function wholeNumber(
  option: string,
  text: string | undefined,
  fallback: number,
  minimum = 1,
  maximum = 1e9,
): number {
  if (text === undefined) return fallback
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= minimum && value <= maximum) return value
  throw new TopnError('BAD_REQUEST', `${option} takes a whole number from ${minimum} to ${maximum}, not ${text}.`, {
    field: option,
  })
}
