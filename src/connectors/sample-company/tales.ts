import type { Story } from './story.ts'
import { LifeRows } from './usual-life.ts'
import type { RowsByFile, UsualLife } from './usual-life.ts'

/**
 * Customers of whom one thing is told each, so that everybody can see what a warning looks like and that the quiet stay quiet:
 * at the end of the story exactly one sign holds of each, or none.
 */
interface Tale {
  readonly name: string
  /** The sign that is due; null where nothing is. */
  readonly sign: string | null
  readonly life?: Partial<Omit<UsualLife, 'id' | 'name'>>
  /** Everything about it; what is not told anew is as usual. */
  tell(rows: LifeRows): void
}

const USUAL: Omit<UsualLife, 'id' | 'name' | 'csm' | 'age'> = {
  segment: 'Mid-market',
  terms: { seats: 10, price: 6000, autoRenew: 'yes', noticeDays: 30, term: 12 },
  users: 6,
  uses: 2,
}

type Part = 'terms' | 'bills' | 'people' | 'use' | 'touches' | 'answers' | 'tickets'

/** The usual life, without the parts that a tale tells itself. */
function usual(rows: LifeRows, ...without: readonly Part[]): void {
  const has = (part: Part): boolean => !without.includes(part)
  rows.account()
  if (has('terms')) rows.contract()
  if (has('bills')) rows.bills()
  if (has('people')) rows.people()
  if (has('use')) rows.use()
  if (has('touches')) rows.touches()
  if (has('answers')) rows.answers()
  if (has('tickets')) for (const back of [290, 200, 75]) if (back < rows.life.age) rows.ticket(back)
}

const onWednesdays = (_back: number, _person: number, weekday: number): number => (weekday === 2 ? 1 : 0)
const fallsTo = (share: number, from: number) => (back: number) => (back <= from ? share : 1)

const TALES: readonly Tale[] = [
  {
    name: 'Larkspur Analytics',
    sign: null,
    tell(rows) {
      usual(rows)
      rows.pulse(12, 'red', 'The new finance director asks three vendors for offers')
    },
  },
  {
    name: 'Hollin Freight',
    sign: null,
    life: { segment: 'Enterprise', users: 8, terms: { ...USUAL.terms, seats: 14 }, age: 420 },
    tell(rows) {
      usual(rows, 'tickets')
      for (let back = 410; back > 0; back -= 24) rows.ticket(back)
    },
  },
  {
    name: 'Pinion Robotics',
    sign: 'usage_down',
    // Too few uses a week to judge one week alone: from the sixth week before the end on one person of four is left.
    life: { users: 4, uses: 1, age: 230, terms: { ...USUAL.terms, seats: 7 } },
    tell(rows) {
      usual(rows, 'use')
      rows.use((back, person) => (back > 42 || person === 1 ? 1 : 0))
    },
  },
  {
    name: 'Cobalt Foods',
    sign: 'usage_drop',
    tell(rows) {
      usual(rows, 'use')
      rows.use(fallsTo(0.3, 6))
    },
    life: { uses: 4 },
  },
  {
    name: 'Merrow Health',
    sign: 'buying_team_silent',
    tell(rows) {
      usual(rows, 'people', 'use')
      rows.person(1)
      rows.person(2, { executive: true })
      rows.person(3)
      rows.use((back, person) => (person === 2 && back <= 33 ? 0 : 1))
    },
  },
  {
    name: 'Tessel Energy',
    sign: 'champion_silent',
    tell(rows) {
      usual(rows, 'use', 'touches')
      for (let back = 390; back > 5; back -= 21) rows.touch(back, { person: back > 60 && back % 2 === 0 ? 1 : 2 })
      for (const back of [50, 26]) rows.touch(back, { person: 3 })
      rows.use((back, person) => (person === 1 && back <= 27 ? 0 : 1))
    },
  },
  {
    name: 'Ostler Retail',
    sign: 'champion_gone',
    tell(rows) {
      usual(rows, 'people', 'use')
      rows.person(1, { champion: true, left: 12 })
      rows.person(2, { executive: true })
      rows.person(3)
      rows.use((back, person) => (person === 1 && back <= 12 ? 0 : 1))
    },
  },
  {
    name: 'Quillfeather Press',
    sign: 'single_threaded',
    tell(rows) {
      usual(rows, 'touches')
      for (let back = 390, i = 0; back > 205; back -= 21, i++) rows.touch(back, { person: 1 + (i % 2) })
      for (const back of [195, 155, 115, 75, 35]) rows.touch(back, { person: 1 })
    },
  },
  {
    name: 'Bramble Learning',
    sign: 'support_spike',
    tell(rows) {
      usual(rows)
      for (const back of [6, 5, 4, 2]) rows.ticket(back, back - 1)
    },
  },
  {
    name: 'Saltmarsh Logistics',
    sign: 'silence_after_noise',
    tell(rows) {
      usual(rows, 'touches', 'tickets')
      for (let back = 390, i = 0; back > 40; back -= 21, i++) rows.touch(back, { person: 1 + (i % 2) })
      for (const back of [200, 84, 73, 61, 49, 40]) rows.ticket(back)
    },
  },
  {
    name: 'Fennimore Finance',
    sign: 'detractor',
    tell(rows) {
      usual(rows)
      rows.answer(9, 4, 'nps-half-yearly', 3, 'We build half of it in a spreadsheet.')
    },
  },
  {
    name: 'Umberline Studios',
    sign: 'payment_late',
    life: { age: 430 },
    tell(rows) {
      usual(rows, 'bills')
      rows.bills((due) => (due < 30 && due > 0 ? null : -2))
    },
  },
  {
    name: 'Vesper Insurance',
    sign: 'auto_renew_off',
    tell(rows) {
      usual(rows)
      rows.terms(8, { autoRenew: 'no' })
    },
  },
  {
    name: 'Wicklow Charter',
    sign: 'notice_given',
    tell(rows) {
      usual(rows)
      rows.terms(11, {}, { canceled: 11, ends: -300, reason: 'budget' })
    },
  },
  {
    name: 'Dunmore Textiles',
    sign: 'deadline_near',
    // One day a week from the first day on: it never was better.
    life: { age: 285 },
    tell(rows) {
      usual(rows, 'use', 'answers')
      rows.pulse(20, 'amber', 'Two people know how to use it, and one is on leave')
      rows.use(onWednesdays)
      for (const back of [240, 120, 10]) for (const person of [1, 2, 3]) rows.answer(back + person, person, 'csat-review', 4)
    },
  },
  {
    name: 'Kestrel Avionics',
    sign: 'meeting_moved',
    tell(rows) {
      usual(rows)
      for (const back of [24, 12]) rows.touch(back, { kind: 'meeting', state: 'rescheduled', person: 2 })
    },
  },
  {
    name: 'Juniper Clinics',
    sign: 'onboarding_stalled',
    life: { age: 60 },
    tell(rows) {
      usual(rows)
      rows.onboarding(58, -5, 2)
    },
  },
  {
    name: 'Ravel Sportswear',
    sign: 'value_overdue',
    tell(rows) {
      usual(rows)
      rows.outcome(300, 20, 0.5)
    },
  },
  {
    name: 'Alderney Marine',
    sign: 'band_down',
    life: { age: 230 },
    // Little used, and green by what people say, until three of them say that it is only fair.
    tell(rows) {
      usual(rows, 'use', 'answers')
      rows.use(onWednesdays)
      for (const back of [220, 130]) for (const person of [1, 2, 3]) rows.answer(back + person, person, 'csat-review', 5)
      for (const person of [1, 2, 3]) rows.answer(9 - person, person, 'csat-review', 3)
    },
  },
  {
    name: 'Orchard Mutual',
    sign: 'executive_missing',
    life: { age: 205 },
    tell(rows) {
      usual(rows, 'people')
      rows.person(1, { champion: true })
      rows.person(2)
      rows.person(3)
    },
  },
  {
    name: 'Nettle Software',
    sign: 'seats_near_limit',
    life: { users: 9 },
    tell(rows) {
      usual(rows, 'use')
      rows.use((back, person) => (person > 6 && back > 45 ? 0 : 1))
    },
  },
  {
    name: 'Thornfield Museums',
    sign: 'white_space',
    life: { age: 110 },
    tell(rows) {
      usual(rows, 'use')
      rows.use(() => 1, { features: ['dashboards', 'reports', 'alerts', 'sharing'] })
    },
  },
  {
    name: 'Isbell Genomics',
    sign: 'unusual_use',
    tell(rows) {
      usual(rows, 'use')
      rows.pulse(5, 'green', 'They roll it out to a second team')
      rows.use((back) => (back <= 7 ? 2.5 : 1))
    },
  },
  {
    name: 'Ebury Partners',
    sign: 'health_dark',
    life: { age: 100 },
    tell: (rows) => usual(rows, 'use', 'bills', 'tickets'),
  },
]

const OWNERS = ['ines', 'tomas', 'priya', 'mara'] as const

export interface Told {
  readonly id: string
  readonly name: string
  readonly sign: string | null
  readonly rows: RowsByFile
}

/** Every tale with its rows; ids from W01 on. */
export const tellTales = (story: Story): Told[] =>
  TALES.map(({ name, sign, life, tell }, i) => {
    const id = `W${String(i + 1).padStart(2, '0')}`
    const rows = new LifeRows(story, { ...USUAL, csm: OWNERS[i % OWNERS.length] ?? '', age: 400 + 7 * (i % 9), ...life, id, name })
    tell(rows)
    return { id, name, sign, rows: rows.rows }
  })
