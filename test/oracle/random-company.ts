import { defaultSettings } from '../../src/kernel/settings.ts'
import type { Settings } from '../../src/kernel/settings.ts'
import { cell, identityOf, noFacts } from './company.ts'
import type { Company, Facts, Row } from './company.ts'
import { FACT_IDS } from './fact-tables.ts'
import type { FactId } from './fact-tables.ts'
import { importable } from './importable.ts'
import { chargesOf, costsOf, csmsOf, historyOf, ratesOf } from './random-money.ts'
import { TEAM_CORRECTIONS, addTeam, listTeam, teamSettings } from './random-team.ts'
import { USE_CORRECTIONS, addUse, listFeatures, settingsOfUse } from './random-use.ts'
import { VOICE_CORRECTIONS, addVoice, listSurveys, voiceSettings } from './random-voice.ts'
import { discountsOf, instantOn, randomDay, subscription, swap } from './random-subscriptions.ts'
import type { World } from './random-subscriptions.ts'
import { randomOf } from './random.ts'
import type { Random } from './random.ts'
import type { Rules } from './book.ts'

export const ZONES = [
  'America/New_York',
  'Europe/Berlin',
  'UTC',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Pacific/Chatham',
  'America/Los_Angeles',
]

export interface RandomCompany {
  readonly seed: number
  readonly company: Company
  readonly settings: Rules
}

export interface RandomOptions {
  /** One rate per currency for all time: reporting in another currency then changes no ratio. */
  readonly constantRates?: boolean
  /** Nothing that an import refuses. */
  readonly importable?: boolean
  /** All in the reporting currency. */
  readonly oneCurrency?: boolean
  readonly settings?: Partial<Rules>
}

/** A small company full of edges. The same seed gives the same company on every machine. */
export function randomCompany(seed: number, options: RandomOptions = {}): RandomCompany {
  const random = randomOf(seed)
  const settings: Rules = {
    ...randomSettings(random),
    ...voiceSettings(randomOf(seed + 700_000)),
    ...teamSettings(randomOf(seed + 500_000)),
    ...settingsOfUse(randomOf(seed + 300_000)),
    ...options.settings,
  }
  const reporting = settings.reporting_currency
  const single = options.oneCurrency ?? random.chance(0.3)
  const currencies = single ? [reporting] : [reporting, reporting, 'EUR', 'USD', random.pick(['GBP', 'JPY'])]
  const world: World = { random, zone: settings.time_zone, currencies, since: random.chance(0.25) ? '2022-03-01' : '2023-03-01' }
  const facts = noFacts()
  const ids = Array.from({ length: random.int(1, 9) }, (_, i) => (random.chance(0.08) ? `A${i}|50%, "x"` : `A${i}`))
  for (const id of ids) addAccount(world, facts, id, ids)
  const voice: World = { ...world, random: randomOf(seed + 800_000) }
  listSurveys(voice, facts)
  for (const id of ids) addVoice(voice, facts, id, ids)
  const team: World = { ...world, random: randomOf(seed + 600_000) }
  listTeam(team, facts)
  for (const id of ids) addTeam(team, facts, id)
  const use: World = { ...world, random: randomOf(seed + 400_000) }
  listFeatures(use, facts)
  for (const id of ids) addUse(use, facts, id)
  facts.csm.push(...csmsOf(world))
  facts.cost.push(...costsOf(world))
  facts.exchange_rate.push(...ratesOf(world, reporting, options.constantRates ?? false))
  const company = inSteps(world, unique(facts))
  return { seed, settings, company: options.importable === true ? importable(company) : company }
}

function randomSettings(random: Random): Settings {
  return {
    ...defaultSettings,
    time_zone: random.pick(ZONES),
    reporting_currency: random.pick(['USD', 'USD', 'EUR']),
    churn_date: random.chance(0.2) ? 'cancellation' : 'service_end',
    dunning_days: random.pick(['30', '30', '14', '0', '1']),
    mrr_discounts: random.pick(['recurring', 'recurring', 'recurring', 'all', 'forever_only', 'none']),
    usage_in_mrr: random.chance(0.1) ? 'trailing_3_month_mean' : 'none',
    reactivation_window_days: random.pick(['', '', '', '30', '90']),
    renewal_min_term_months: random.pick(['12', '12', '6', '3', '1']),
    renewal_grace_days: random.pick(['30', '10', '0']),
    committed_horizon_days: random.pick(['31', '60', '1']),
    c2_horizon_days: random.pick(['90', '30', '60']),
    renewals_count: random.pick(['yes', 'no']),
    revenue_basis: random.pick(['billed', 'billed', 'recognised']),
    ltv_churn_months: random.pick(['6', '3']),
  }
}

function addAccount(world: World, facts: { [K in FactId]: Row[] }, id: string, ids: readonly string[]): void {
  const { random } = world
  const others = ids.slice(0, ids.indexOf(id))
  // Some accounts have no row of their own: their subscriptions are all that is known of them.
  if (random.chance(0.92))
    facts.account.push({
      batch: 1,
      account_id: id,
      name: random.pick([`${id} Ltd`, 'Miller, "Sons"\nand Co', '']),
      is_internal: random.chance(0.1) ? 'true' : 'false',
      merged_into: random.chance(0.1) && others.length > 0 ? random.pick(others) : '',
      created_at: random.chance(0.5) ? instantOn(world, randomDay(random)) : '',
    })
  facts.account_attribute.push(
    ...historyOf(world, { account_id: id, attribute: 'segment' }, 'value', ['SMB', 'MID', 'ENT']),
    ...historyOf(world, { account_id: id, attribute: 'acquisition_source' }, 'value', ['referral', 'Earned', 'ads', 'unknown']),
    ...(random.chance(0.2) ? historyOf(world, { account_id: id, attribute: 'load_weight' }, 'value', ['2', '0.5', 'many']) : []),
  )
  facts.csm_assignment.push(...historyOf(world, { account_id: id }, 'csm_id', ['mira', 'noor', 'tess', 'gone']))
  const subscriptions = Array.from({ length: random.pick([0, 1, 1, 1, 2, 3]) }, (_, i) => `${id}-S${i}`)
  for (const name of subscriptions) {
    const from = randomDay(random, world.since, '2024-06-15')
    const rows = subscription(world, name, id, from)
    facts.subscription_version.push(...(random.chance(0.15) ? swap(world, rows, `${name}b`, id) : rows))
    if (random.chance(0.35)) facts.discount.push(...discountsOf(world, name, from, `${name}-D`))
  }
  facts.charge.push(...chargesOf(world, id, subscriptions))
}

/** Two draws of one identity are one row. */
function unique(facts: Facts): Facts {
  const kept = noFacts()
  for (const fact of FACT_IDS) kept[fact].push(...new Map(facts[fact].map((row) => [identityOf(fact, row), row])).values())
  return kept
}

const dated = (row: Row): boolean => cell(row, 'effective_at') !== '' || row.effective_at === undefined

/** Lets some rows arrive late, corrects some, sends some again, and undoes an import. */
function inSteps(world: World, facts: Facts): Company {
  const { random } = world
  const late = noFacts()
  const undos: { batch: number; at: number }[] = []
  const steps = random.int(1, 4)
  const add = (batch: number) => {
    for (const fact of FACT_IDS)
      for (const row of facts[fact]) {
        if (random.chance(0.06) && dated(row)) late[fact].push({ ...correction(world, fact, row), batch })
        if (random.chance(0.04) && dated(row)) late[fact].push({ ...row, batch })
      }
  }
  const held = noFacts()
  for (const fact of FACT_IDS) held[fact].push(...facts[fact].map((row) => (dated(row) && random.chance(0.1) ? { ...row, batch: 2 } : row)))
  for (let step = 2; step <= steps; step++) {
    const earlier = Array.from({ length: step - 1 }, (_, i) => i + 1).filter((batch) => !undos.some((undo) => undo.batch === batch || undo.at === batch))
    if (step > 2 && random.chance(0.4)) undos.push({ batch: random.chance(0.1) ? random.pick(earlier) : (earlier.at(-1) ?? 1), at: step })
    else add(step)
  }
  return { ...(Object.fromEntries(FACT_IDS.map((fact) => [fact, [...held[fact], ...late[fact]]])) as unknown as Facts), undos }
}

/** The same identity with another content. */
function correction(world: World, fact: FactId, row: Row): Row {
  const { random } = world
  const one = (...changes: Record<string, string>[]) => ({ ...row, ...random.pick(changes) })
  switch (fact) {
    case 'subscription_version':
      return one({ quantity: '5' }, { unit_amount: '77.7' }, { status: 'ended' }, { status: 'active' }, { ends_at: '', canceled_at: '' })
    case 'charge':
      return one({ amount: '12.34' }, { kind: 'voided' }, { charged_at: instantOn(world, randomDay(random)) })
    case 'exchange_rate':
      return { ...row, rate: '1.015' }
    case 'account':
      return one({ is_internal: 'true' }, { is_internal: 'false', merged_into: '' }, { name: 'Renamed' })
    case 'account_attribute':
      return { ...row, value: random.pick(['SMB', 'ads', '']) }
    case 'csm_assignment':
      return { ...row, csm_id: random.pick(['mira', 'noor', '']) }
    case 'discount':
      return { ...row, percent: '10' }
    case 'cost':
      return { ...row, amount: '1234.5' }
    case 'csm':
      return { ...row, fte: '0.5' }
    default:
      return { ...row, ...random.pick({ ...USE_CORRECTIONS, ...VOICE_CORRECTIONS, ...TEAM_CORRECTIONS }[fact]) }
  }
}
