import type { AccountToday as Told } from '../contract/today.ts'
import type { AccountToday } from '../signals/today/account-today.ts'
import type { Desk } from '../signals/today/today.ts'

/** An account as lists of today show it, its owner by name. */
export const toAccount =
  ({ read }: Pick<Desk, 'read'>) =>
  ({ account_id, name, csm, arr, score, band, decided_on }: AccountToday): Told => ({
    account_id,
    name,
    csm,
    csm_name: csm === null ? null : (read.names.get(csm) ?? csm),
    arr,
    score,
    band,
    decided_on,
  })
