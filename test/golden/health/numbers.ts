import { accountHealth } from '../../../src/health/account-health.ts'
import { decisionsOf } from '../../../src/health/decisions.ts'
import { DEFAULT_MODEL } from '../../../src/health/default-model.ts'
import { modelName } from '../../../src/health/model.ts'
import type { HealthModel } from '../../../src/health/model.ts'
import { optOutCalendar } from '../../../src/health/opt-out-calendar.ts'
import { bandWithoutHold, migrationMatrix } from '../../../src/health/rescoring.ts'
import type { Day } from '../../../src/kernel/period.ts'
import { COOL_DOWN } from '../../../src/signals/life.ts'
import { signById } from '../../../src/signals/signs.ts'
import { exactly } from './compare.ts'
import { dayShown } from './days.ts'
import { delaysShown, leadTimeLostShown } from './delays.ts'
import type { Lived } from './lived.ts'
import { cardShown, decisionsShown, idealShown, likelihoodShown, worstTenthShown } from './record.ts'

const signalsShown = ({ told }: Lived) =>
  told.signals.map(({ account, kind, raised, evidence, held, closed, why, ground_now }) =>
    exactly({ account, kind, cls: signById(kind)?.class, raised, evidence, held, closed, why, ground_now }),
  )

/** Decisions of contracts, also those that were taken back. */
const contractDecisionsShown = ({ told, accounts, last }: Lived) =>
  accounts.flatMap((account) => {
    const { facts, circumstances } = told.known.accountDay(account, last)
    return facts.contracts
      .flatMap((contract) => decisionsOf(contract, last, circumstances))
      .map(({ contract, day, source, type, deadline, renewal, revoked }) => exactly({ account, contract, day, source, type, deadline, renewal, revoked }))
  })

function calendarShown({ accounts, known }: Lived, day: Day) {
  const own = accounts.map((account) => ({ account, contracts: known(day).accountDay(account, day).facts.contracts }))
  return optOutCalendar(own, day).map(exactly)
}

/** "support_first@1: usage 20, support 50": the default model with these weights. */
function candidateOf(words: string): HealthModel {
  const [name = '', list = ''] = words.split(': ')
  const [id = '', version = '1'] = name.split('@')
  const weights = new Map(list.split(', ').map((each) => [each.replace(/ [\d.]+$/, ''), Number(each.split(' ').at(-1))]))
  const families = DEFAULT_MODEL.families.map((family) => ({ ...family, weight: weights.get(family.id) ?? family.weight }))
  return { ...DEFAULT_MODEL, id, version: Number(version), families }
}

/** Who changes band under another model, before it is switched on. */
function migrationShown({ asked, told, known }: Lived) {
  const { day, candidate } = asked.migration
  const model = candidateOf(candidate)
  const rows = [...(told.snapshots.get(day) ?? [])].map(([account, before]) => {
    const after = accountHealth(model, known(day).accountDay(account, day))
    return { before: bandWithoutHold(before.weighted, before, before.caps), after: bandWithoutHold(after.weighted, after, after.caps), arr: 12 * before.mrr }
  })
  const cells = migrationMatrix(rows).map(({ before, after, accounts, arr }) => [`${before}>${after}`, exactly({ accounts, arr })] as const)
  return exactly({ day, candidate, cells: new Map(cells) })
}

/** Every number that `expected.json` may ask for, in its own shape, each worked out when it is asked for. */
export const NUMBERS: Readonly<Record<string, (lived: Lived) => unknown>> = {
  settings: ({ company, horizon, asked }) =>
    exactly({
      ...asked.settings,
      time_zone: company.zone,
      reporting_currency: company.currency,
      horizon_days: horizon,
      cooldown_days: COOL_DOWN,
      model: modelName(DEFAULT_MODEL),
    }),
  days: (lived) => new Map(Object.keys(lived.asked.days).map((day) => [day, dayShown(lived, day)])),
  signals: signalsShown,
  signals_ideal: idealShown,
  contract_decisions: contractDecisionsShown,
  fleet_holds: ({ told }) => told.holds.map(({ day, against, n, up, down }) => exactly({ day, against, n, up, down })),
  decisions: decisionsShown,
  report_card: cardShown,
  worst_tenth: worstTenthShown,
  opt_out_calendar: (lived) => new Map(Object.keys(lived.asked.opt_out_calendar).map((day) => [day, calendarShown(lived, day)])),
  delay: delaysShown,
  lead_time_lost: leadTimeLostShown,
  migration: migrationShown,
  likelihood: likelihoodShown,
}
