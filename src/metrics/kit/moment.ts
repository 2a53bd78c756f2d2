import type { Kind } from '../../kernel/words/metrics.ts'

/** When in a period the attributes of an account are taken. */
export type Moment = 'opening' | 'close'

/**
 * The rule C22, which stands nowhere else: each kind of metric takes the attributes of accounts at one moment. What happened
 * between two days stays where it opened; what is so at a day, looking back or not, stands where it is then.
 */
export const MOMENTS: Readonly<Record<Kind, Moment>> = {
  flow: 'opening',
  p2p: 'opening',
  cohort: 'opening',
  stock: 'close',
  window: 'close',
  index: 'close',
  model: 'close',
}
