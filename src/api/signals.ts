import type { Contract } from '../contract/contract.ts'
import type { Answer } from '../contract/op.ts'
import type { signalOps } from '../contract/signals.ts'
import { readBook } from '../books/read-book.ts'
import { answerHeldDay, closeByHand, skipInWriting } from '../signals/desk/by-hand.ts'
import { listSignals } from '../signals/desk/list-signals.ts'
import type { ListedSignal } from '../signals/desk/list-signals.ts'
import { askSignal } from '../signals/desk/one-signal.ts'
import { findKind, listKinds } from '../signals/desk/signal-kinds.ts'
import { metricsForRules, readOwnSignal } from '../signals/own/own-signal.ts'
import type { OwnVersion } from '../signals/own/own-signal.ts'
import { tryRule } from '../signals/own/own-matches.ts'
import { changeOwnSignal, makeOwnSignal, ownVersions } from '../signals/own/save-own.ts'
import { readRecords } from '../signals/read-records.ts'
import { openDesk } from '../signals/today/today.ts'
import type { Desk } from '../signals/today/today.ts'
import type { CLOSE_REASONS } from '../kernel/words/health.ts'
import { toAccount } from './account-today.ts'
import { cardsOf } from './report-cards.ts'
import type { Handlers } from './handler.ts'
import type { ApiNeeds } from './needs.ts'

type Entry = Answer<Contract['closeSignal']>

const toSkip = ({ id, reason, look_again_on, skipped_at, skipped_by }: NonNullable<ListedSignal['skip']>): NonNullable<Entry['skip']> => ({
  id,
  reason,
  look_again_on,
  skipped_at,
  skipped_by,
})

const toEvidence = (evidence: ListedSignal['signal']['evidence']): Entry['evidence'] =>
  Object.fromEntries(Object.entries(evidence).map(([name, value]) => [name, value ?? null]))

function toEntry(desk: Desk, { signal, account, kind_name, class: of, age, chance, skip }: ListedSignal): Entry {
  const { evidence, close_reason, ...kept } = signal
  return {
    ...kept,
    name: account?.name ?? signal.account_id,
    account: account === null ? null : toAccount(desk)(account),
    kind_name,
    class: of,
    evidence: toEvidence(evidence),
    age,
    chance,
    close_reason: close_reason as keyof typeof CLOSE_REASONS | null,
    skip: skip === null ? null : toSkip(skip),
  }
}

const toOwn = ({ id, version, made_at, made_by, ...written }: OwnVersion): Answer<Contract['makeOwnSignal']> => ({
  ...readOwnSignal(written),
  id,
  version,
  made_at,
  made_by,
})

export const signalHandlers = ({ signals: sources, replays }: ApiNeeds): Pick<Handlers<Contract>, keyof typeof signalOps> => ({
  async listSignals({ query }, { asker, signal }) {
    const { kind, class: classes, account, ...asked } = query
    const { desk, signals, total } = await listSignals(sources, { asker, signal }, { ...asked, kinds: kind, classes, accounts: account })
    return { state: desk.state, signals: signals.map((one) => toEntry(desk, one)), total }
  },
  async signal({ params }, { asker, signal }) {
    const { desk, opened } = await askSignal(sources, { asker, signal }, params.id)
    const { says, expires_on, message, facts, learnt, skips } = opened
    return { ...toEntry(desk, opened), says, expires_on, message, facts, learnt: [...learnt], skips: skips.map(toSkip) }
  },
  async closeSignal({ params, body }, { asker, signal }) {
    await closeByHand(sources, { asker, signal }, params.id, body)
    const { desk, opened } = await askSignal(sources, { asker, signal }, params.id)
    return toEntry(desk, opened)
  },
  async skipSignal({ params, body }, { asker, signal }) {
    await skipInWriting(sources, { asker, signal }, params.id, body)
    const { desk, opened } = await askSignal(sources, { asker, signal }, params.id)
    return toEntry(desk, opened)
  },
  async answerHold({ params: { day }, body: { answer } }, { asker, signal }) {
    return { day, answer, announced: await answerHeldDay(sources, { asker, signal }, day, answer) }
  },
  async listSignalKinds() {
    const [kinds, records] = await Promise.all([listKinds(sources), readRecords(sources, replays)])
    return kinds.map((kind) => ({ ...kind, cards: cardsOf(records, kind.kind) }))
  },
  async signalKind({ params }) {
    const kind = await findKind(sources, params.kind)
    return { ...kind, cards: cardsOf(await readRecords(sources, replays), kind.kind) }
  },
  async ruleMetrics(_, { asker, signal }) {
    const { book } = await readBook(sources.books, { asker, signal })
    return metricsForRules(book.catalogue).map((metric) => ({ ...metric, aliases: [...metric.aliases] }))
  },
  async tryRule({ body }, { asker, signal }) {
    const desk = await openDesk(sources, { asker, signal })
    const { rows, past, ...tried } = await tryRule(sources.books, { asker, signal }, body.rule, desk.read.accounts)
    return {
      ...tried,
      past: [...past],
      rows: rows.map(({ account_id, name, csm, arr, values, sentence }) => ({ account_id, name, csm, arr, values: { ...values }, sentence })),
    }
  },
  listOwnSignals: async () => (await sources.own.readAllInForce()).map(toOwn),
  ownSignal: async ({ params }) => (await ownVersions(sources, params.id)).map(toOwn),
  makeOwnSignal: async ({ body }, { asker, signal }) => toOwn(await makeOwnSignal(sources, { asker, signal }, body)),
  changeOwnSignal: async ({ params, body }, { asker, signal }) => toOwn(await changeOwnSignal(sources, { asker, signal }, params.id, body)),
})
