import type { AccountHealth } from '../../health/account-health.ts'
import { accountHealth, capEvidence } from '../../health/account-health.ts'
import type { Band, ShownBand } from '../../health/bands.ts'
import { HOLD, mayBeGreen } from '../../health/bands.ts'
import type { Cap } from '../../health/caps.ts'
import { CAP_RULES, checkCaps, printCapped } from '../../health/caps.ts'
import type { Before } from '../../health/health.ts'
import { checkLines, printedPoints } from '../../health/health.ts'
import type { HealthModel, HealthNode } from '../../health/model.ts'
import { inputsOf, modelName } from '../../health/model.ts'
import type { Mover, Snapshot as Side } from '../../health/movers.ts'
import { largestMovers, movers } from '../../health/movers.ts'
import { normalise } from '../../health/normalise.ts'
import type { Snapshot } from '../../health/snapshot.ts'
import { nominalShares } from '../../health/snapshot-of.ts'
import { healthTrend, isSteady } from '../../health/trend.ts'
import type { Day } from '../../kernel/period.ts'
import { addDays } from '../../kernel/period.ts'
import { capWords, missingWords } from '../../kernel/words/health.ts'
import type { KnownAccount } from '../known-account.ts'

/** Days back to which a change of the score is explained. */
const MONTH = 30
/** Days before the first one of which the band that is held is known, where no day was lived. */
const RUN_UP = 60
const WEEKS = [49, 42, 35, 28, 21, 14, 7] as const

/** One line of what was looked at. */
export interface InputLine {
  readonly id: string
  readonly name: string
  /** The family it belongs to: itself where it is one. */
  readonly family: string
  readonly state: 'fired' | 'clear' | 'not_checkable'
  /** Share of the whole model, and of what is known. */
  readonly nominal: number
  readonly share: number
  readonly value: number | null
  readonly score: number | null
  readonly points: number | null
  /** Rounded so that those of all lines add up to the weighted score as it is printed. */
  readonly printed: number | null
  readonly age: number | null
  readonly max_age: number
  readonly n: number | null
  readonly need: number
  /** Why it is not checkable. */
  readonly reason: string | null
  readonly says: string | null
  /** What it reads: its rows can be opened where it is a reading of the product. */
  readonly reads: string
}

export interface CapLine {
  readonly id: string
  readonly name: string
  readonly state: 'fired' | 'clear' | 'not_checkable'
  readonly says: string
  readonly at_most: number | null
  readonly since: Day | null
  readonly expires: Day | null
  /** Identity of the row that says so. */
  readonly evidence: string | null
  readonly binding: boolean
}

export interface MoverLine extends Mover {
  readonly name: string
}

/** How an account is on a day, and why. */
export interface HealthView {
  readonly model: string
  readonly score: number | null
  readonly weighted: number | null
  readonly coverage: number
  readonly confidence: number
  readonly low: number
  readonly band: ShownBand
  readonly held: Band | null
  /** "71, capped at 29: auto-renewal switched off on 3 May". */
  readonly printed: string | null
  /** What keeps it from green though its score would be. */
  readonly not_green: string | null
  readonly missing_families: readonly string[]
  readonly inputs: readonly InputLine[]
  readonly caps: readonly CapLine[]
  /** Null where one of the two days has no score. */
  readonly movers: {
    readonly since: Day
    readonly before: number | null
    readonly after: number | null
    readonly lines: readonly MoverLine[] | null
    readonly rest: number
    readonly appeared: readonly string[]
    readonly vanished: readonly string[]
  } | null
  readonly trend: {
    readonly slope: number | null
    readonly is_steady: boolean
    readonly weeks: readonly { readonly day: Day; readonly score: number | null }[]
  }
  /** Where what was said lately and what is known now differ: "we said 82; we know now 71". */
  readonly said: { readonly day: Day; readonly score: number | null; readonly band: ShownBand; readonly now: number | null } | null
  /** What the days before are taken from: `reported` as it was said, `known_now` by what is known now, which is optimistic. */
  readonly past: 'reported' | 'known_now'
}

const familyOf = (nodes: readonly HealthNode[], id: string): HealthNode | undefined =>
  nodes.find((node) => (node.kind === 'input' ? node.id === id : inputsOf(node.children).some((input) => input.id === id)))

/** What the days before said, by day. */
export type Past = ReadonlyMap<Day, Pick<Snapshot, 'score' | 'weighted' | 'band' | 'held' | 'inputs' | 'caps' | 'model'>>

interface Lately {
  readonly before: Before
  score(day: Day): number | null
  side(day: Day): Side | null
}

const sideOf = ({ weighted, contributions, binding }: AccountHealth): Side => ({ weighted, contributions, cap: binding })

function sideOfSnapshot({ weighted, inputs, caps }: Pick<Snapshot, 'weighted' | 'inputs' | 'caps'>): Side {
  const cap = caps[0] !== undefined && weighted !== null && caps[0].at_most < weighted ? caps[0] : null
  return { weighted, contributions: inputs.flatMap(({ id, share, score }) => (share > 0 && score !== null ? [{ id, share, score }] : [])), cap }
}

/** The days before as they were said. */
function fromPast(past: Past, day: Day): Lately {
  const scores = Array.from({ length: HOLD.days - 1 }, (_, i) => past.get(addDays(day, i + 1 - HOLD.days))?.weighted ?? null)
  return {
    before: { held: past.get(addDays(day, -1))?.held ?? null, scores },
    score: (on) => past.get(on)?.score ?? null,
    side(on) {
      const said = past.get(on)
      return said === undefined ? null : sideOfSnapshot(said)
    },
  }
}

/** The days before by what is known now, where nobody said anything then. */
function fromKnown({ model, on, day }: KnownAccount): Lately {
  const days = new Map<Day, AccountHealth>()
  let before: Before = { held: null, scores: [] }
  for (let each = addDays(day, -RUN_UP); each < day; each = addDays(each, 1)) {
    const health = accountHealth(model, on(each), before)
    days.set(each, health)
    before = { held: health.held, scores: [...before.scores, health.weighted].slice(1 - HOLD.days) }
  }
  return {
    before,
    score: (each) => days.get(each)?.score ?? null,
    side(each) {
      const health = days.get(each)
      return health === undefined || health.mrr === 0 ? null : sideOf(health)
    },
  }
}

const OF_READING: ReadonlySet<string> = new Set(['usage', 'support', 'feedback', 'billing'])

function inputLines(model: HealthModel, health: AccountHealth): InputLine[] {
  const nominal = new Map(nominalShares(model.families).map((each) => [each.id, each.nominal]))
  const points = printedPoints(health.contributions.map((each) => each.points))
  const state = new Map(checkLines(model, health.readings, {}).map((line) => [line.id, line]))
  return inputsOf(model.families).map((input): InputLine => {
    const reading = health.readings[input.id]
    const at = health.contributions.findIndex(({ id }) => id === input.id)
    const counted = health.contributions[at]
    const line = state.get(input.id)
    const reason = line?.state === 'not_checkable' ? (line.reason ?? 'not_connected') : null
    const present = reading !== undefined && 'value' in reading ? reading : null
    const last = reading !== undefined && 'missing' in reading ? (reading.last ?? null) : null
    return {
      id: input.id,
      name: input.name,
      family: familyOf(model.families, input.id)?.name ?? input.name,
      state: line?.state ?? 'not_checkable',
      nominal: nominal.get(input.id) ?? 0,
      share: counted?.share ?? 0,
      value: present?.value ?? last?.value ?? null,
      score: present === null ? (counted?.score ?? null) : normalise(input.scale, present.value),
      points: counted?.points ?? null,
      printed: health.weighted === null ? null : (points[at] ?? null),
      age: present?.age ?? last?.age ?? null,
      max_age: present?.max_age ?? input.max_age,
      n: present?.n ?? null,
      need: input.need,
      reason,
      says: reason === null ? null : missingWords(reason),
      reads: input.reads.kind === 'reading' && OF_READING.has(input.reads.reading) ? input.reads.reading : 'metric',
    }
  })
}

function capLines(known: KnownAccount, health: AccountHealth): CapLine[] {
  const { model, on, day } = known
  const checked = checkCaps(model, capEvidence(model, on(day)))
  const inForce = new Map<string, Cap>(health.caps.map((cap) => [cap.id, cap]))
  return Object.keys(checked).map((id): CapLine => {
    const cap = inForce.get(id)
    const words = capWords(id)
    const own = model.own_caps[id]?.name
    const name = own ?? words.label
    if (cap !== undefined)
      return {
        id,
        name,
        state: 'fired',
        says: CAP_RULES[id]?.says(cap) ?? name,
        at_most: cap.at_most,
        since: cap.since,
        expires: cap.expires,
        evidence: cap.evidence,
        binding: health.binding?.id === id,
      }
    const state = checked[id] === 'not_checkable' ? 'not_checkable' : 'clear'
    return {
      id,
      name,
      state,
      says: state === 'clear' ? words.clear : 'Nothing is known by which it could be checked',
      at_most: null,
      since: null,
      expires: null,
      evidence: null,
      binding: false,
    }
  })
}

/** "83 of what is known; feedback not checkable, so not green". */
function notGreen(model: HealthModel, health: AccountHealth): string | null {
  if (health.weighted === null || health.held !== 'green' || mayBeGreen(health)) return null
  const names = new Map(model.families.map(({ id, name }) => [id, name]))
  const missing = health.missing_families.length > 0 ? health.missing_families.map((id) => names.get(id) ?? id) : health.missing_inputs
  return `${Math.round(health.weighted)} of what is known; not checkable: ${missing.join(', ')}; so not green`
}

function nameOf(model: HealthModel, { of, id }: Pick<Mover, 'of' | 'id'>): string {
  if (of === 'input') return inputsOf(model.families).find((input) => input.id === id)?.name ?? id
  return of === 'cap' ? (model.own_caps[id]?.name ?? capWords(id).label) : of === 'override' ? `Overridden by ${id}` : 'The score'
}

/** What moved the score since a month ago: what we learnt since, what another model says, and what happened. */
function moversOf(known: KnownAccount, lately: Lately, health: AccountHealth): HealthView['movers'] {
  const { model, on, day } = known
  const since = addDays(day, -MONTH)
  const then = lately.side(since)
  if (then === null) return null
  const later = sideOf(accountHealth(model, on(since)))
  const { before, after, lines, appeared, vanished } = movers(then, later, later, sideOf(health))
  if (lines === null) return { since, before, after, lines, rest: 0, appeared, vanished }
  const { shown, rest } = largestMovers(lines, Infinity)
  return { since, before, after, lines: shown.map((line) => ({ ...line, name: nameOf(model, line) })), rest, appeared, vanished }
}

function saidOf({ model, on, day }: KnownAccount, past: Past): HealthView['said'] {
  const days = [...past.keys()].filter((each) => each <= day).sort()
  const last = days.at(-1)
  const said = last === undefined ? undefined : past.get(last)
  if (last === undefined || said === undefined) return null
  const now = accountHealth(model, on(last)).score
  const isSame = said.score === null || now === null ? said.score === now : Math.round(said.score) === Math.round(now)
  return isSame ? null : { day: last, score: said.score, band: said.band, now }
}

/** How an account is on a day and why, by what is known; `past` is what the days before said, empty where none was lived. */
export function healthView(known: KnownAccount, past: Past): HealthView {
  const { model, day, on } = known
  const lately = past.size > 0 ? fromPast(past, day) : fromKnown(known)
  const health = accountHealth(model, on(day), lately.before)
  const { score, weighted, coverage, confidence, low, band, held, missing_families } = health
  const weeks = [...WEEKS.map((back) => addDays(day, -back)).map((each) => ({ day: each, score: lately.score(each) })), { day, score }]
  const slope = healthTrend(weeks.map((week) => week.score))
  return {
    model: modelName(model),
    score,
    weighted,
    coverage,
    confidence,
    low,
    band,
    held,
    printed: weighted === null ? null : printCapped(weighted, health.caps),
    not_green: notGreen(model, health),
    missing_families,
    inputs: inputLines(model, health),
    caps: capLines(known, health),
    movers: moversOf(known, lately, health),
    trend: { slope, is_steady: slope !== null && isSteady(slope), weeks },
    said: saidOf(known, past),
    past: past.size > 0 ? 'reported' : 'known_now',
  }
}
