import type { Rules } from './book.ts'
import { addDays } from '../../src/kernel/period.ts'
import type { Row } from './company.ts'
import type { FactId } from './fact-tables.ts'
import { instantOn, randomDay } from './random-subscriptions.ts'
import type { World } from './random-subscriptions.ts'
import type { Random } from './random.ts'
import type { VOICE_FACTS } from './voice-facts.ts'

type Facts = { readonly [K in FactId]: Row[] }

/** An index of unlike things, one of them a sum that is weighed in turn; some fall to their target. */
const weighedStar = (random: Random): string =>
  JSON.stringify({
    name: 'Company',
    kind: 'index',
    skip_missing: random.chance(0.5),
    children: [
      { metric: 'nrr', weight: 40, floor: 0.5, target: random.pick([1, 1.3]) },
      { metric: 'csat', weight: 20, floor: 0, target: 0.9 },
      { metric: 'customers_lost', weight: 15, floor: random.pick([5, 2]), target: 0 },
      { name: 'Growth', kind: 'additive', children: [{ metric: 'new_mrr' }, { metric: 'churned_mrr', sign: -1 }], weight: 25, floor: -500, target: 1500 },
    ],
  })

export const voiceSettings = (random: Random): Partial<Rules> => ({
  survey_window_days: random.pick(['90', '30', '200']),
  feedback_max_age_days: random.pick(['180', '60']),
  outcome_max_age_days: random.pick(['90', '30', '200']),
  advocacy_horizon_days: random.pick(['180', '30', '60']),
  reference_months: random.pick(['12', '3']),
  invoice_grace_days: random.pick(['3', '0', '10']),
  expansion_attribution_days: random.pick(['30', '10', '100']),
  csi_weights: random.pick(['1, 1, 1', '0.3885, 0.3190, 0.2925', '2, 1, 0']),
  ce_weights: random.pick(['0.4, 0.4, 0.2', '1, 0, 1']),
  co_weights: random.pick(['0.6, 0.4', '0.5, 0.5']),
  ...(random.chance(0.5) ? { north_star: weighedStar(random) } : {}),
})

const SURVEYS: readonly (readonly [id: string, kind: string, scores: readonly string[]])[] = [
  ['q-nps', 'nps', ['0', '3', '6', '7', '8', '9', '10', '10', '9', '11']],
  ['q-nps-ticket', 'nps', ['0', '9', '10', '7']],
  ['q-csat', 'csat', ['1', '2', '3', '4', '5', '5', '4.5', '9']],
  ['q-csat-10', 'csat', ['1', '7', '8', '10', '5']],
  ['q-ces', 'ces', ['1', '2', '3', '4', '5', '6', '7', '7', '0']],
  ['q-ces-old', 'ces1', ['1', '5']],
  ['q-csi', 'csi', ['1', '4', '7', '8', '10', '10']],
]
const days = (world: World): string => randomDay(world.random, '2023-06-01', '2024-08-20')
const at = (world: World): string => instantOn(world, days(world))
const sometimes = (world: World, share: number, value: () => string): string => (world.random.chance(share) ? value() : '')
const people = (account: string): string[] => [`${account}-p0`, `${account}-p1`, 'shared', '']

/** What belongs to no account: the surveys, some of which nobody has listed. */
export function listSurveys(world: World, facts: Facts): void {
  const { random } = world
  for (const [survey_id, kind] of SURVEYS)
    if (random.chance(0.85))
      facts.survey.push({
        batch: 1,
        survey_id,
        kind,
        name: survey_id,
        relation: survey_id === 'q-nps-ticket' ? 'transactional' : random.pick(['', '', 'relationship']),
        scale_min: random.pick(['', '', kind === 'nps' ? '0' : '1']),
        scale_max: survey_id === 'q-csat-10' ? '10' : kind === 'nps' && random.chance(0.1) ? '5' : '',
        threshold: random.pick(['', '', '', '5']),
        touchpoint: '',
        created_at: '',
      })
}

function answer(world: World, account: string, i: number): Row[] {
  const { random } = world
  const [survey_id, kind, scores] = random.pick(SURVEYS)
  const named = random.chance(0.7)
  const contact_id = random.pick(people(account).filter((id) => named || id !== ''))
  const row = {
    batch: 1,
    response_id: named ? `${account}-r${i}` : '',
    survey_id,
    kind: random.chance(0.3) ? kind : '',
    account_id: account,
    contact_id,
    answered_at: at(world),
    item: '',
    importance: '',
    channel: random.pick(['email', '']),
    language: '',
    csm_id: random.pick(['', 'mira', 'noor']),
    ticket_id: '',
    invitation_id: random.chance(0.1) ? `${account}-i${random.int(0, 3)}` : '',
    comment: '',
  }
  if (kind !== 'csi') return [{ ...row, score: random.pick(scores) }]
  const items = random.pick([
    ['satisfaction', 'expectancy', 'ideal'],
    ['satisfaction', 'expectancy', 'ideal'],
    ['satisfaction', 'ideal'],
    ['price', 'speed'],
    ['satisfaction', 'expectancy', 'ideal', 'price'],
  ])
  return items.map((item) => ({ ...row, item, score: random.pick(scores), importance: random.pick(['', '2', '0', '10']) }))
}

function invitations(world: World, account: string): Row[] {
  const { random } = world
  return Array.from({ length: random.int(0, 5) }, (_, i) => ({
    batch: 1,
    invitation_id: random.chance(0.7) ? `${account}-i${i}` : '',
    survey_id: random.pick(SURVEYS)[0],
    account_id: account,
    contact_id: random.pick(people(account).slice(0, 3)),
    sent_at: at(world),
    status: random.pick(['delivered', 'delivered', 'undelivered']),
    channel: random.pick(['email', 'in-app']),
    language: '',
  }))
}

/** Some of those who answer, and one who never does: they come, change their role, leave, and come again. */
function persons(world: World, account: string): Row[] {
  const { random } = world
  const known = [...people(account), `${account}-mute`].filter((person) => person !== '' && random.chance(0.6))
  return known.flatMap((contact_id) =>
    Array.from({ length: random.pick([1, 1, 2, 3]) }, () => ({
      batch: 1,
      contact_id,
      account_id: account,
      name: '',
      email: '',
      user_id: '',
      role: random.pick(['Admin', 'Buyer']),
      is_champion: '',
      is_executive: '',
      effective_at: at(world),
      left_at: sometimes(world, 0.25, () => at(world)),
    })),
  )
}

function research(world: World, account: string): Row[] {
  const { random } = world
  return Array.from({ length: random.pick([0, 0, 1, 3]) }, (_, i) => ({
    batch: 1,
    conversation_id: `${account}-t${i}`,
    account_id: account,
    contact_id: '',
    held_at: at(world),
    kind: random.pick(['interview', 'focus_group', 'call']),
    theme: random.pick(['price', 'support', '']),
    sentiment: random.pick(['-2', '-1', '0', '1', '2', '', '0.5']),
    coder: 'a',
    second_sentiment: random.pick(['', '-1', '0', '2']),
    second_coder: '',
    summary: '',
  }))
}

function advocacy(world: World, facts: Facts, account: string, others: readonly string[]): void {
  const { random } = world
  for (let i = random.pick([0, 0, 1, 2]); i > 0; i--)
    facts.referral.push({
      batch: 1,
      referral_id: `${account}-f${i}`,
      account_id: account,
      contact_id: random.pick(people(account)),
      referred_account_id: random.chance(0.6) ? random.pick(others) : '',
      referred_name: 'Somebody',
      referred_at: at(world),
      verified: random.pick(['true', 'false', '']),
      converted_at: sometimes(world, 0.4, () => at(world)),
      mrr: '',
      currency: '',
      notes: '',
    })
  for (let i = random.pick([0, 0, 1, 2]); i > 0; i--)
    facts.advocacy_act.push({
      batch: 1,
      act_id: `${account}-v${i}`,
      account_id: account,
      contact_id: random.pick(people(account)),
      acted_at: at(world),
      kind: random.pick(['review', 'reference', 'event', 'other']),
      title: '',
    })
  for (let i = random.pick([0, 0, 1, 2]); i > 0; i--)
    facts.reference_consent.push({
      batch: 1,
      consent_id: `${account}-n${i}`,
      account_id: account,
      contact_id: '',
      given_at: at(world),
      expires_at: sometimes(world, 0.3, () => at(world)),
      withdrawn_at: sometimes(world, 0.2, () => at(world)),
      scope: '',
    })
}

function outcomes(world: World, facts: Facts, account: string): void {
  const { random } = world
  for (let i = random.pick([0, 0, 1, 2, 3]); i > 0; i--) {
    const outcome_id = `${account}-o${i}`
    const [baseline, target] = random.pick([
      ['40', '20'],
      ['0', '100000'],
      ['0', '3'],
      ['5', '5'],
      ['-1', '0.5'],
    ] as const)
    facts.outcome.push({
      batch: 1,
      outcome_id,
      account_id: account,
      defined_at: at(world),
      name: '',
      type: random.pick(['cost', 'time', '']),
      unit: '',
      baseline,
      target,
      due_on: '',
      weight: random.pick(['', '2', '1', '0', '0.333333']),
      money_value: random.pick(['', '1000', '333.333333']),
      currency: random.pick(world.currencies),
      closed_at: sometimes(world, 0.15, () => at(world)),
    })
    for (let m = random.int(0, 4); m > 0; m--)
      facts.outcome_measurement.push({
        batch: 1,
        measurement_id: random.chance(0.6) ? `${outcome_id}-m${m}` : '',
        outcome_id,
        account_id: account,
        measured_at: at(world),
        value: random.pick(['28', '20', '10', '45', '120000', '1', '2', '3', '0', '0.333333']),
        evidence: '',
        confirmed_at: sometimes(world, 0.5, () => at(world)),
      })
  }
}

function invoices(world: World, account: string): Row[] {
  const { random } = world
  let due = randomDay(random, '2023-06-01', '2024-06-01')
  return Array.from({ length: random.pick([0, 2, 5, 18]) }, (_, i) => {
    const due_on = due
    due = addDays(due, random.pick([0, 7, 30, 31]))
    return {
      batch: 1,
      invoice_id: `${account}-e${i}`,
      account_id: account,
      issued_on: '',
      due_on,
      paid_on: random.chance(0.8) ? addDays(due_on, random.pick([-5, 0, 0, 1, 3, 4, 10, 11, 60])) : '',
      amount: random.pick(['100', '100', '', '0']),
      currency: 'USD',
      status: random.pick(['open', 'open', 'paid', 'void', 'uncollectible']),
    }
  })
}

function troubles(world: World, facts: Facts, account: string): void {
  const { random } = world
  for (const incident_id of ['crash', 'breach'])
    if (random.chance(0.4)) facts.incident.push({ batch: 1, incident_id, account_id: account, started_at: at(world), ended_at: '', name: '', severity: '' })
  for (const request_id of ['sso', 'export', 'slow'])
    if (random.chance(0.3))
      facts.request.push({
        batch: 1,
        request_id,
        account_id: account,
        requested_at: at(world),
        kind: request_id === 'slow' ? 'bug' : 'feature',
        title: '',
        blocking: random.pick(['true', 'false']),
        closed_at: sometimes(world, 0.4, () => at(world)),
      })
  for (let i = random.pick([0, 0, 1, 2]); i > 0; i--)
    facts.opportunity.push({
      batch: 1,
      opportunity_id: `${account}-d${i}`,
      account_id: account,
      opened_at: at(world),
      won_at: sometimes(world, 0.8, () => at(world)),
      sourced_by: random.pick(['csm', 'playbook', 'sales', 'other']),
      csm_id: '',
      name: '',
      amount: '',
      currency: '',
    })
}

/** What one account says, proves and gives back. */
export function addVoice(world: World, facts: Facts, account: string, others: readonly string[]): void {
  const { random } = world
  for (let i = random.pick([0, 1, 4, 12]); i > 0; i--) facts.survey_response.push(...answer(world, account, i))
  facts.survey_invitation.push(...invitations(world, account))
  facts.contact.push(...persons(world, account))
  facts.conversation.push(...research(world, account))
  advocacy(world, facts, account, others)
  outcomes(world, facts, account)
  facts.invoice.push(...invoices(world, account))
  troubles(world, facts, account)
}

/** What a later import may say otherwise of the same thing. */
export const VOICE_CORRECTIONS: { readonly [K in keyof typeof VOICE_FACTS]: readonly Record<string, string>[] } = {
  survey: [{ kind: 'csat' }, { scale_max: '5' }, { threshold: '3' }, { relation: 'transactional' }],
  survey_invitation: [{ status: 'undelivered' }, { status: 'delivered' }],
  survey_response: [{ score: '9' }, { score: '1' }, { csm_id: 'tess' }, { kind: 'nps' }],
  conversation: [{ sentiment: '-2' }, { kind: 'call' }],
  referral: [{ verified: 'true' }, { converted_at: '2024-05-02T10:00:00.000Z' }],
  advocacy_act: [{ kind: 'reference' }, { acted_at: '2024-04-01T12:00:00.000Z' }],
  reference_consent: [{ withdrawn_at: '2024-03-05T12:00:00.000Z' }, { expires_at: '' }],
  incident: [{ started_at: '2024-01-20T10:00:00.000Z' }],
  request: [{ closed_at: '2024-05-05T10:00:00.000Z' }, { blocking: 'true' }],
  outcome: [{ target: '50' }, { weight: '3' }, { closed_at: '' }],
  outcome_measurement: [{ value: '25' }, { confirmed_at: '2024-04-02T10:00:00.000Z' }],
  invoice: [{ status: 'void' }, { paid_on: '2024-03-01' }],
  opportunity: [{ sourced_by: 'csm' }, { won_at: '2024-03-15T10:00:00.000Z' }],
}
