import type { Use } from '../../health/account-facts.ts'
import type { ShownBand } from '../../health/bands.ts'
import type { Cap } from '../../health/caps.ts'
import { CAP_RULES } from '../../health/caps.ts'
import type { Day } from '../../kernel/period.ts'
import { addDays, daysBetween } from '../../kernel/period.ts'
import { BANDS, CLOSE_REASONS, capWords } from '../../kernel/words/health.ts'
import type { SignClass } from '../../signals/sign.ts'
import { signById } from '../../signals/signs.ts'
import type { Happening, Tone } from './happening.ts'
import { closeOf } from './timeline.ts'
import type { RuleKind } from './timeline-kinds.ts'

interface Made {
  readonly kind: RuleKind
  readonly key: string
  readonly day: Day
  readonly title: string
  readonly detail?: string | null
  readonly tone?: Tone
}

const placed = ({ kind, key, day, title, detail = null, tone = 'neutral' }: Made, zone: string): Happening => ({
  key: `${kind} ${key}`,
  kind,
  at: closeOf(day, zone),
  day,
  title,
  detail,
  tone,
  fact: null,
  recorded_at: null,
  late_days: null,
})

/** Days without use after which it has stopped. */
const STOPPED = 28

/** When use of an account began, stopped and came back, by the days on which it was used up to one. */
export function happeningsOfUse(use: readonly Use[], until: Day, zone: string): Happening[] {
  const days = [...new Set(use.map(({ day }) => day))].filter((day) => day <= until).sort()
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return []
  const made: Made[] = [{ kind: 'use', key: `began ${first}`, day: first, title: 'First use of the product', tone: 'good' }]
  const stop = (day: Day): Made => ({
    kind: 'use',
    key: `stopped ${day}`,
    day: addDays(day, STOPPED),
    title: `No use for ${STOPPED} days`,
    detail: 'Nobody of the account',
    tone: 'bad',
  })
  days.forEach((day, i) => {
    const before = days[i - 1]
    if (before === undefined || daysBetween(before, day) <= STOPPED) return
    made.push(stop(before), { kind: 'use', key: `resumed ${day}`, day, title: 'Use came back', detail: `After ${daysBetween(before, day)} days`, tone: 'good' })
  })
  if (daysBetween(last, until) >= STOPPED) made.push(stop(last))
  return made.map((each) => placed(each, zone))
}

/** Health as it was said at the close of a day. */
export interface SaidHealth {
  readonly day: Day
  readonly score: number | null
  readonly band: ShownBand
  readonly caps: readonly Cap[]
}

const RANK: Readonly<Record<ShownBand, number>> = { red: 0, amber: 1, unknown: 1, green: 2 }

const scoreOf = ({ score }: SaidHealth): string | null => (score === null ? null : `score ${Math.round(score)}`)

/** Changes of band, and caps that came and went, from day to day as it was said. Days in their order. */
export function happeningsOfHealth(said: readonly SaidHealth[], zone: string): Happening[] {
  return said.flatMap((now, i) => {
    const before = said[i - 1]
    if (before === undefined) return []
    const made: Made[] = []
    if (before.band !== now.band) {
      const title = `${BANDS[before.band].label} to ${BANDS[now.band].label.toLowerCase()}`
      made.push({
        kind: 'health',
        key: `band ${now.day}`,
        day: now.day,
        title,
        detail: scoreOf(now),
        tone: RANK[now.band] > RANK[before.band] ? 'good' : RANK[now.band] < RANK[before.band] ? 'bad' : 'neutral',
      })
    }
    const [had, has] = [new Set(before.caps.map(({ id }) => id)), new Set(now.caps.map(({ id }) => id))]
    for (const cap of now.caps)
      if (!had.has(cap.id))
        made.push({
          kind: 'health',
          key: `cap ${cap.id} ${now.day}`,
          day: now.day,
          title: `Capped at ${cap.at_most}: ${CAP_RULES[cap.id]?.says(cap) ?? capWords(cap.id).label}`,
          tone: 'bad',
        })
    for (const cap of before.caps)
      if (!has.has(cap.id))
        made.push({
          kind: 'health',
          key: `lifted ${cap.id} ${now.day}`,
          day: now.day,
          title: `Cap of ${cap.at_most} lifted: ${capWords(cap.id).label}`,
          tone: 'good',
        })
    return made.map((each) => placed(each, zone))
  })
}

/** A warning as it was raised, and closed where it was. */
export interface SaidSignal {
  readonly id: string
  readonly kind: string
  readonly sentence: string
  readonly raised_on: Day
  readonly closed_on: Day | null
  readonly close_reason: string | null
  readonly close_note: string | null
}

const SIGNAL_TONES: Readonly<Record<SignClass, Tone>> = { risk: 'bad', decided: 'bad', opportunity: 'good', data: 'neutral' }

export function happeningsOfSignals(signals: readonly SaidSignal[], zone: string): Happening[] {
  return signals.flatMap(({ id, kind, sentence, raised_on, closed_on, close_reason, close_note }) => {
    const raised: Made = {
      kind: 'signals',
      key: `${id} raised`,
      day: raised_on,
      title: sentence,
      tone: SIGNAL_TONES[signById(kind)?.class ?? 'risk'],
    }
    if (closed_on === null) return [placed(raised, zone)]
    const reason = Object.entries(CLOSE_REASONS).find(([each]) => each === close_reason)?.[1]
    const closed: Made = {
      kind: 'signals',
      key: `${id} closed`,
      day: closed_on,
      title: `${reason?.label ?? 'Closed'}: ${sentence}`,
      detail: close_note ?? reason?.says ?? null,
    }
    return [placed(raised, zone), placed(closed, zone)]
  })
}
