import { drawAccount } from './account.ts'
import type { Account } from './account.ts'
import { HEADERS, accountLines, assignmentLines, attributeLines, chargeLines, discountLine, versionLine } from './account-files.ts'
import { live } from './life.ts'
import {
  PROOF_HEADERS,
  actLines,
  consentLines,
  incidentLines,
  invoiceLines,
  measurementLines,
  opportunityLines,
  outcomeLines,
  referralLines,
  requestLines,
} from './proof-files.ts'
import { Random } from './random.ts'
import { benchmarksText, notesText, targetsText } from './mark-files.ts'
import { costsText, csmsText, exchangeRatesText } from './reference-files.ts'
import { SUPPORT_HEADERS, calendarsText, holidaysText, ticketEventLines, ticketLines } from './support-files.ts'
import {
  TEAM_HEADERS,
  forecastsText,
  milestoneLines,
  onboardingLines,
  quotasText,
  runLines,
  signalLines,
  taskLines,
  touchpointLines,
  trainingLines,
} from './team-files.ts'
import { USAGE_HEADERS, contactLines, entitlementLines, eventLines, featuresText } from './usage-files.ts'
import { tellStory } from './story.ts'
import { tellTales } from './tales.ts'
import type { SampleOptions, Story } from './story.ts'
import { readTruth } from './truth.ts'
import type { Truth } from './truth.ts'
import { VOICE_HEADERS, conversationLines, invitationLines, responseLines, surveysText } from './voice-files.ts'

export { lastCompleteMonth } from './story.ts'
export type { SampleOptions } from './story.ts'
export type { Truth } from './truth.ts'

export interface SampleFile {
  readonly name: string
  /** The file's text in pieces, each a number of whole lines; every call begins again. */
  rows(): AsyncIterable<string>
}

export interface SampleCompany {
  readonly files: readonly SampleFile[]
  /** What was planted. Found by going through all accounts once, when it is first asked for. */
  readonly truth: Truth
}

/**
 * A company of 100,000 accounts, about 3 million changes of subscription terms and 100 million events of use, or a part of it.
 */
export const yardstick = (endMonth: string, scale = 1): SampleOptions => ({
  seed: 7,
  accounts: Math.round(100_000 * scale),
  months: 36,
  seatChanges: 2.46,
  useRate: 0.97,
  supportRate: 0.09,
  packShare: 0,
  endMonth,
})

const PIECE = 1 << 16

/** Goes through the accounts one by one; nothing is kept, so that size does not matter. */
async function* eachAccount(story: Story, header: string, lines: (account: Account, random: Random) => string, told: string): AsyncIterable<string> {
  const random = new Random(story.seed, 0)
  let piece = header
  for (let index = 0; index < story.accounts; index++) {
    piece += lines(drawAccount(story, index, random), random)
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  piece += told
  if (piece !== '') yield piece
}

function fromLives<Row>(story: Story, rows: (life: ReturnType<typeof live>) => readonly Row[], line: (row: Row) => string) {
  return (account: Account, random: Random): string => {
    let text = ''
    for (const row of rows(live(story, account, random, false))) text += line(row)
    return text
  }
}

const fromLife =
  (story: Story, lines: (story: Story, account: Account, life: ReturnType<typeof live>) => string, bills = false) =>
  (account: Account, random: Random): string =>
    lines(story, account, live(story, account, random, bills))

async function* whole(text: string): AsyncIterable<string> {
  yield text
}

/**
 * The exports of an invented company, with a story: it grows, loses small customers to a competitor's launch in one region,
 * raises one plan's price, has an outage, and sees a CSM leave. Deterministic: the same options give the same bytes.
 * Throws `bad_sample` or `bad_month` for options that no story fits.
 */
export function sampleCompany(options: SampleOptions): SampleCompany {
  const story = tellStory(options)
  const tales = story.tales ? tellTales(story) : []
  const told = (name: string): string => tales.map(({ rows }) => rows.get(name) ?? '').join('')
  const accounts = (name: string, header: string, lines: (account: Account, random: Random) => string): SampleFile => ({
    name,
    rows: () => eachAccount(story, header, lines, told(name)),
  })
  const text = (name: string, make: (story: Story) => string): SampleFile => ({ name, rows: () => whole(make(story)) })
  let truth: Truth | undefined
  return {
    files: [
      accounts('accounts.csv', HEADERS.accounts, (account) => accountLines(story, account)),
      accounts('account_attributes.csv', HEADERS.attributes, (account) => attributeLines(story, account)),
      text('csms.csv', csmsText),
      accounts('csm_assignments.csv', HEADERS.assignments, (account) => assignmentLines(story, account)),
      accounts(
        'subscription_versions.csv',
        HEADERS.versions,
        fromLives(story, (life) => life.versions, versionLine),
      ),
      accounts(
        'discounts.csv',
        HEADERS.discounts,
        fromLives(story, (life) => life.discounts, discountLine),
      ),
      text('exchange_rates.csv', exchangeRatesText),
      accounts('charges.csv', HEADERS.charges, fromLife(story, chargeLines, true)),
      text('costs.csv', costsText),
      text('features.csv', featuresText),
      accounts('feature_entitlements.csv', USAGE_HEADERS.entitlements, fromLife(story, entitlementLines)),
      accounts('contacts.csv', USAGE_HEADERS.contacts, (account) => contactLines(story, account)),
      accounts('usage_events.csv', USAGE_HEADERS.events, fromLife(story, eventLines)),
      text('business_calendars.csv', calendarsText),
      text('holidays.csv', holidaysText),
      accounts('tickets.csv', SUPPORT_HEADERS.tickets, fromLife(story, ticketLines)),
      accounts('ticket_events.csv', SUPPORT_HEADERS.events, fromLife(story, ticketEventLines)),
      accounts('touchpoints.csv', TEAM_HEADERS.touchpoints, fromLife(story, touchpointLines)),
      accounts('tasks.csv', TEAM_HEADERS.tasks, fromLife(story, taskLines)),
      accounts('play_runs.csv', TEAM_HEADERS.runs, fromLife(story, runLines)),
      accounts('signals.csv', TEAM_HEADERS.signals, fromLife(story, signalLines)),
      accounts('onboardings.csv', TEAM_HEADERS.onboardings, (account) => onboardingLines(story, account)),
      accounts('onboarding_milestones.csv', TEAM_HEADERS.milestones, (account) => milestoneLines(story, account)),
      accounts('training_attendances.csv', TEAM_HEADERS.trainings, fromLife(story, trainingLines)),
      text('quotas.csv', quotasText),
      text('forecasts.csv', forecastsText),
      text('surveys.csv', surveysText),
      accounts('survey_invitations.csv', VOICE_HEADERS.invitations, fromLife(story, invitationLines)),
      accounts('survey_responses.csv', VOICE_HEADERS.responses, fromLife(story, responseLines)),
      accounts('interviews.csv', VOICE_HEADERS.conversations, fromLife(story, conversationLines)),
      accounts('outcomes.csv', PROOF_HEADERS.outcomes, fromLife(story, outcomeLines)),
      accounts('outcome_measurements.csv', PROOF_HEADERS.measurements, fromLife(story, measurementLines)),
      accounts('invoices.csv', PROOF_HEADERS.invoices, fromLife(story, invoiceLines, true)),
      accounts('referrals.csv', PROOF_HEADERS.referrals, fromLife(story, referralLines)),
      accounts('advocacy_acts.csv', PROOF_HEADERS.acts, fromLife(story, actLines)),
      accounts('reference_consents.csv', PROOF_HEADERS.consents, fromLife(story, consentLines)),
      accounts('incidents.csv', PROOF_HEADERS.incidents, fromLife(story, incidentLines)),
      accounts('requests.csv', PROOF_HEADERS.requests, fromLife(story, requestLines)),
      accounts('opportunities.csv', PROOF_HEADERS.opportunities, fromLife(story, opportunityLines)),
      text('metric_targets.csv', targetsText),
      text('benchmarks.csv', benchmarksText),
      text('notes.csv', notesText),
      ...(story.tales ? [text('pulses.csv', () => `${TEAM_HEADERS.pulses}${told('pulses.csv')}`)] : []),
    ],
    get truth() {
      return (truth ??= readTruth(story))
    },
  }
}
