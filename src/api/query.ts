import type { Asked } from '../books/questions.ts'
import type { Contract } from '../contract/contract.ts'
import { bare } from '../kernel/bare.ts'
import { refuse } from '../kernel/errors.ts'
import type { Handler } from './handler.ts'

/** What the operations about numbers ask, as it comes off the query. */
type Query = Omit<Parameters<Handler<Contract['answer']>>[0]['query'], 'metric'>

/** NAME=VALUE, once each. */
export function readOptions(list: readonly string[]): Record<string, string> {
  const options: Record<string, string> = bare({})
  for (const text of list) {
    const at = text.indexOf('=')
    if (at <= 0) throw refuse('bad_option', `"${text}" is not an option.`, 'Write NAME=VALUE, for example horizon_days=60.')
    options[text.slice(0, at)] = text.slice(at + 1)
  }
  return options
}

export const toQuestion = ({ option, seconds: _, ...asked }: Query): Asked => ({ ...asked, options: readOptions(option) })
