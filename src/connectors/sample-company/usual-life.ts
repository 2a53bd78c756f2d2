import { addMonths } from '../../kernel/period.ts'
import { DAY, dayText, instantText, minuteOf } from './calendar.ts'
import type { Minute } from './calendar.ts'
import { moneyText, quoted } from './account-files.ts'
import type { Story } from './story.ts'

/** Rows by the name of their file. */
export type RowsByFile = ReadonlyMap<string, string>

/** A contract as it stands; prices are cents for a month. */
interface Terms {
  readonly seats: number
  readonly price: number
  readonly autoRenew: 'yes' | 'no'
  readonly noticeDays: number
  readonly term: number
}

/** How an account lives where nothing is told of it: everything stays green, and nobody needs to look. */
export interface UsualLife {
  readonly id: string
  readonly name: string
  readonly csm: string
  readonly segment: string
  readonly terms: Terms
  /** Days before the end of the story on which the contract began. */
  readonly age: number
  /** People who use the product; the first is the champion, the second decides about the contract. */
  readonly users: number
  /** Uses of a person on a working day. */
  readonly uses: number
}

const FEATURES = ['dashboards', 'reports', 'alerts', 'sharing', 'scheduled_reports'] as const
const NAMES = ['Noor Haddad', 'Ilse Brandt', 'Tariq Osei', 'Maya Lindqvist', 'Rui Campos', 'Edda Novak', 'Sol Reyes', 'Priit Kask', 'Anouk Faure', 'Dev Mehta']
const weekday = (at: Minute): number => (Math.floor(at / DAY) + 3) % 7

/** Writes the rows of one account's life into the files of the company. Days are counted back from the end of the story. */
export class LifeRows {
  readonly #story: Story
  readonly #rows = new Map<string, string>()
  readonly life: UsualLife
  #numbers = 0

  constructor(story: Story, life: UsualLife) {
    this.#story = story
    this.life = life
  }

  get rows(): RowsByFile {
    return this.#rows
  }

  /** So many days before the end, at an hour. */
  at(daysBack: number, hour = 9): Minute {
    return this.#story.end - daysBack * DAY + hour * 60
  }

  #add(file: string, cells: readonly (string | number | boolean)[]): void {
    this.#rows.set(file, `${this.#rows.get(file) ?? ''}${cells.map((cell) => quoted(String(cell))).join(',')}\n`)
  }

  #next(letter: string): string {
    return `${this.life.id}-${letter}${++this.#numbers}`
  }

  account(): void {
    const { id, name, csm, segment, age } = this.life
    const since = instantText(this.at(age + 5))
    this.#add('accounts.csv', [id, name, segment, 'North America', 'Software', '50-499', 'outbound', csm, since, false, ''])
    this.#add('csm_assignments.csv', [id, csm, since])
  }

  terms(daysBack: number, changed: Partial<Terms> = {}, more: { status?: string; canceled?: number; ends?: number; reason?: string } = {}): void {
    const { id, terms } = this.life
    const { seats, price, autoRenew, noticeDays, term } = { ...terms, ...changed }
    const instant = (back: number | undefined): string => (back === undefined ? '' : instantText(this.at(back)))
    const isYearly = term > 1
    this.#add('subscription_versions.csv', [
      ...[`${id}-S1`, id, instantText(this.at(daysBack)), more.status ?? 'active', 'core', 'team', seats, moneyText(price), 'USD', 1, term],
      ...[instant(more.canceled), instant(more.ends), '', more.reason ?? ''],
      ...(isYearly ? [noticeDays, autoRenew, this.#renewalAfter(daysBack)] : ['', '', '']),
    ])
  }

  /** The first day of the term that comes next. */
  #renewalAfter(daysBack: number): string {
    const begin = dayText(this.at(this.life.age))
    let renewal = addMonths(begin, this.life.terms.term)
    while (renewal <= dayText(this.at(daysBack))) renewal = addMonths(renewal, this.life.terms.term)
    return `${renewal}T09:00:00Z`
  }

  /** Terms that go on are written anew with each renewal. */
  contract(): void {
    const { age, terms } = this.life
    this.terms(age)
    for (let back = age; ;) {
      const renewal = this.#renewalAfter(back)
      back = (this.#story.end - minuteOf(renewal.slice(0, 10))) / DAY
      if (back <= 0 || terms.term < 2) return
      this.terms(back, {}, { reason: 'renewal' })
    }
  }

  /** A bill a month, paid so many days after it was due; null where it is still open. */
  bills(paidAfter: (daysBack: number) => number | null = () => -2, until = 0): void {
    const { id, terms, age } = this.life
    const amount = moneyText(terms.seats * terms.price)
    for (let back = age; back > until; back -= 30) {
      const [charge, invoice] = [this.#next('C'), this.#next('INV')]
      const due = back - 14
      const after = paidAfter(due)
      const isPaid = after !== null && due - after > 0
      this.#add('charges.csv', [
        ...[charge, id, instantText(this.at(back)), 'recurring', amount, 'USD', `${id}-S1`, 'core', 1],
        ...[dayText(this.at(back)), dayText(this.at(back - 30))],
      ])
      this.#add('invoices.csv', [
        ...[invoice, id, dayText(this.at(back)), dayText(this.at(due))],
        ...[isPaid ? dayText(this.at(due - after)) : '', amount, 'USD', isPaid ? 'paid' : 'open'],
      ])
    }
  }

  person(number: number, given: { champion?: boolean; executive?: boolean; user?: boolean; left?: number } = {}): void {
    const { id, age } = this.life
    const { champion = false, executive = false, user = true, left } = given
    const role = executive ? 'Finance director' : champion ? 'Operations lead' : 'Analyst'
    this.#add('contacts.csv', [
      ...[`${id}-P${number}`, id, NAMES[(number - 1 + id.charCodeAt(id.length - 1)) % NAMES.length] ?? '', `${id.toLowerCase()}-p${number}@example.com`],
      ...[user ? `${id}-U${number}` : '', role, champion, executive, instantText(this.at(age + 3)), left === undefined ? '' : instantText(this.at(left))],
    ])
  }

  people(): void {
    this.person(1, { champion: true })
    this.person(2, { executive: true })
    this.person(3)
    this.person(4)
  }

  /** What everybody uses on working days, `share` of it by day and person: 1 where they live as usual. */
  use(share: (daysBack: number, person: number, weekday: number) => number = () => 1, { features = FEATURES as readonly string[], until = 0 } = {}): void {
    const { id, users, uses, age } = this.life
    for (let back = age - 1; back > until; back--) {
      const day = this.at(back, 0)
      if (weekday(day) > 4) continue
      for (let person = 1; person <= users; person++) {
        // Of five working days a person is there on three or four, always the same share of a week.
        if ((Math.floor(day / DAY) + person * 2) % 5 === 0) continue
        const times = Math.round(uses * share(back, person, weekday(day)))
        for (let i = 0; i < times; i++) {
          const feature = features[(back + person + i) % features.length] ?? ''
          this.#add('usage_events.csv', [
            ...[
              this.#next('E'),
              id,
              `${id}-U${person}`,
              instantText(day + (8 + i) * 60 + person * 3),
              feature === 'sharing' ? 'report shared' : 'feature used',
            ],
            ...[feature, 'core', 'web', person === 1 ? 'admin' : 'member', false],
          ])
        }
      }
    }
  }

  touch(daysBack: number, { person = 1, kind = 'call', state = '' }: { person?: number; kind?: string; state?: string } = {}): void {
    const { id, csm } = this.life
    const took = state === '' || state === 'held'
    this.#add('touchpoints.csv', [
      ...[this.#next('H'), id, instantText(this.at(daysBack, 14)), kind, took ? 'yes' : 'no', csm, `${id}-P${person}`],
      ...[took ? 30 : '', '', state],
    ])
  }

  /** A talk every three weeks, with the champion and with who decides in turn. */
  touches(until = 5): void {
    for (let back = this.life.age - 10, i = 0; back > until; back -= 21, i++) this.touch(back, { person: 1 + (i % 2) })
  }

  ticket(daysBack: number, solvedBack: number | null = daysBack - 1, priority = 'normal'): void {
    const { id } = this.life
    const ticket = this.#next('T')
    this.#add('tickets.csv', [
      ...[ticket, id, `${id}-P3`, instantText(this.at(daysBack, 10)), 'customer', 'email', priority, 'how-to', 'Product', 'agent-1'],
      ...['How do I set this up?', 'americas', ''],
    ])
    const step = (number: number, at: Minute, cells: readonly string[]): void => this.#add('ticket_events.csv', [ticket, number, id, instantText(at), ...cells])
    step(1, this.at(daysBack, 11), ['reply', 'public', 'agent', ''])
    if (solvedBack !== null) step(2, this.at(solvedBack, 12), ['status', 'public', 'agent', 'solved'])
  }

  answer(daysBack: number, person: number, survey: string, score: number, comment = ''): void {
    const { id } = this.life
    this.#add('survey_responses.csv', [
      ...[this.#next('R'), survey, id, `${id}-P${person}`, instantText(this.at(daysBack, 15)), '', score, '', 'email', 'en', '', '', '', comment],
    ])
  }

  /** Three people who are content, asked every four months. */
  answers(): void {
    for (let back = this.life.age - 60; back > 0; back -= 120)
      for (const person of [1, 2, 3]) if (back - person > 0) this.answer(back - person, person, 'nps-half-yearly', person === 3 ? 8 : 9)
  }

  outcome(daysBack: number, dueBack: number, reached: number): void {
    const { id } = this.life
    const outcome = this.#next('O')
    this.#add('outcomes.csv', [
      ...[outcome, id, instantText(this.at(daysBack)), 'Close the books in two days', 'time', 'days', 8, 2, dayText(this.at(dueBack)), 1, 24_000, 'USD', ''],
    ])
    this.#add('outcome_measurements.csv', [...[`${outcome}-1`, outcome, id, instantText(this.at(dueBack + 40)), 8 - 6 * reached, 'quarterly review', '']])
  }

  onboarding(daysBack: number, agreedBack: number, doneSteps: number): void {
    const { id, csm } = this.life
    const steps = ['Kick-off', 'Data connected', 'First report', 'Handed over']
    const onboarding = `${id}-O1`
    this.#add('onboardings.csv', [onboarding, id, instantText(this.at(daysBack)), dayText(this.at(agreedBack)), '', 'guided', csm])
    steps.forEach((step, i) => {
      const done = i < doneSteps ? instantText(this.at(daysBack - 2 - i * 2)) : ''
      this.#add('onboarding_milestones.csv', [id, onboarding, step, dayText(this.at(daysBack - (i + 1) * 8)), done])
    })
  }

  pulse(daysBack: number, value: string, reason: string): void {
    this.#add('pulses.csv', [this.life.id, instantText(this.at(daysBack, 16)), value, reason, this.life.csm])
  }
}
