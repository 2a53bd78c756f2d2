import { bare } from '../kernel/bare.ts'

/**
 * The kit for facts: what can be known about customers. One file per fact kind declares its columns, their meaning and
 * the fact's identity; tables, import targets, validation and the reference page are derived from that declaration.
 *
 * A stored fact is one *version* of an identity (source, source_id). A correction is a new version, a deletion a
 * tombstone (`deleted = 1`), the undo of an import a row in `fact_undo`. Nothing is ever overwritten.
 */
export type ColumnType =
  | 'id'
  | 'text'
  | 'choice'
  | 'currency'
  | 'money'
  | 'number'
  | 'boolean'
  | 'instant'
  | 'date'
  /** Hours of a day: "09:00-12:00, 13:00-17:00"; '' is closed. */
  | 'hours'
  /** Hours of a week: those of Monday to Sunday joined by "|". */
  | 'week'
  /** An IANA time zone. */
  | 'zone'

export interface Column {
  readonly type: ColumnType
  /** One sentence a newcomer understands: shown beside the column in the mapping screen and in the reference. */
  readonly says: string
  readonly required: boolean
  /** Header spellings that mean this column, lower case, words joined by "_". The column's own name always counts. */
  readonly aliases: readonly string[]
  /** For `choice`: each stored value with the spellings that mean it. */
  readonly choices: Readonly<Record<string, readonly string[]>>
  /** What an empty cell means, as text in the column's own type; undefined = null (or '' for text). */
  readonly fallback: string | undefined
  readonly min: number | undefined
  readonly max: number | undefined
  /** For ids of things that rows belong to. */
  readonly names: 'account' | undefined
  /**
   * For an `instant` at which something ends: a cell that names a day (or a month) and no time means its close, since it is the
   * last that counts (C13), unless the header names a moment ("ends_at") or a person says otherwise.
   */
  readonly lastDay: boolean
  /** Answers on a scale, which exports write with their words: "10 - Extremely likely". */
  readonly labelled: boolean
  /** For answers that are asked on one scale wherever they are asked. */
  readonly scale: Scale | undefined
  /** Headers that may mean this column or something else, with why: they are offered to a person, never taken. */
  readonly maybe: Readonly<Record<string, string>>
  /** Aliases that also say what other columns are: an "mrr" is for a month. */
  readonly tells: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** For amounts of money: columns beside it that it may hold though they are no part of it, asked about where they are not 0. */
  readonly mayHold: readonly MayHold[]
}

/** A scale that is part of what is asked: NPS is asked from 0 to 10. */
export interface Scale {
  readonly name: string
  /** Rows that it is the scale of: what some of their columns hold. */
  readonly where: Readonly<Record<string, string>>
  readonly lowest: number
  readonly highest: number
}

export interface MayHold {
  /** What it is, as a person says it. */
  readonly what: string
  readonly aliases: readonly string[]
  /** Headers of the amount itself that say that it is without it. */
  readonly unless: readonly string[]
}

type ColumnOptions = Partial<Omit<Column, 'type' | 'says'>>
const column =
  (type: ColumnType) =>
  (says: string, options: ColumnOptions = {}): Column => ({
    type,
    says,
    required: false,
    aliases: [],
    choices: {},
    fallback: undefined,
    min: undefined,
    max: undefined,
    names: undefined,
    lastDay: false,
    labelled: false,
    scale: undefined,
    maybe: {},
    tells: {},
    mayHold: [],
    ...options,
  })

export const id = column('id')
/** The id of an account. */
export const accountId = (says: string, options: ColumnOptions = {}): Column => id(says, { names: 'account', ...options })
export const text = column('text')
export const choice = column('choice')
const CURRENCY_HEADERS = ['ccy', 'cur', 'curr', 'currency_code', 'currency_iso_code', 'iso_currency']
/** A currency; what exports call such a column is known of all of them. */
export const currency = (says: string, options: ColumnOptions = {}): Column =>
  column('currency')(says, { ...options, aliases: [...new Set([...CURRENCY_HEADERS, ...(options.aliases ?? [])])] })
export const money = column('money')
export const number = column('number')
export const boolean = column('boolean')
export const instant = column('instant')
export const date = column('date')
export const hours = column('hours')
export const week = column('week')
export const zone = column('zone')

/**
 * Where rows live on a cluster: `account` facts on the shard of their account, `everywhere` facts (small reference
 * data that every shard needs to derive its ledgers) on all of them.
 */
export type Placement = 'account' | 'everywhere'

/** Money, what customers get out of the product, what is done for them, what they say, how they use it. */
export type Area = 'money' | 'value' | 'care' | 'voice' | 'use'

export interface FactDefinition {
  readonly id: string
  readonly name: string
  readonly plural: string
  /** Grain and meaning, for the reference page. */
  readonly says: string
  readonly placement: Placement
  readonly columns: Readonly<Record<string, Column>>
  /** The first list whose columns are all filled makes the `source_id`. */
  readonly identity: readonly (readonly string[])[]
  /** The column that says when it happened. */
  readonly effective: string
  /**
   * Set for histories that are often exported as a snapshot without dates: the columns that name the thing whose
   * history it is. An undated row holds since always when it is the first, or its file has dated rows of the same thing too, and
   * else from the import on when the value changed.
   */
  readonly historyOf: readonly string[] | undefined
  /**
   * Set where ledgers follow the facts by day: each version says whether another of its identity may have been there when it
   * was recorded (`revises`). Where none was, the facts of some days are known without looking for their other versions.
   */
  readonly marksRevisions: boolean
  /** Set where one column says what another is read as: by its values, what is not in the list being as it is declared. */
  readonly readBy: { readonly says: string; readonly column: string; readonly as: Readonly<Record<string, Column>> } | undefined
  /** Set where such things follow one another in an account: the column with the end of one, where the next may begin. */
  readonly succession: string | undefined
  /** Columns that, where they are filled, are part of every identity but the first. */
  readonly identityAlso: readonly string[]
  /** Set where an account has several such things a day: rows that name only the day and no id are several though they say the same. */
  readonly manyADay: boolean
  /** The column that other facts and ledgers know such a row by, where rows can be told apart by more than it. */
  readonly ownId: string | undefined
  /** What words in a status-like column that the fact does not take say about the rows. */
  readonly statuses: Statuses
  /** Kinds of rows whose amount is taken off, however it is signed. */
  readonly takenOff: { readonly by: string; readonly values: readonly string[]; readonly amount: string } | undefined
  /** An end that whole months after a begin give where no other is given. */
  readonly lasts: Lasts | undefined
  /** A price that is not always for one unit, and what says what it is for. */
  readonly priced: Priced | undefined
  /** Columns that name the thing of which a row holds until the next of the same. */
  readonly heldPer: readonly string[] | undefined
  /** Whether a version that comes after a period was closed changes numbers of that period: not what comes late by its nature, nor a name. */
  readonly restates: boolean
  /** What side of the business it tells of; of most it is money. */
  readonly about: Area
  /** It changes what rows of other facts say, and brings none of its own. */
  readonly isModifier: boolean
  /** What an account gives at times of its own: that none came says nothing, so that its newest one tells how old it is, not that of others. */
  readonly isAnswer: boolean
  /** Words in a file name that hint at this fact. */
  readonly fileNames: readonly string[]
  /** Facts that rows of a file of this kind may carry beside it, keyed by the mapping target that makes them. */
  readonly carries: Readonly<Record<string, Carried>>
}

/** Kinds of facts of which one is enough; of several such lists each must be met. */
export type AnyOf = readonly FactDefinition[]

export interface Lasts {
  readonly from: string
  readonly months: string
  readonly until: string
  /** Rows that say of themselves that they end: what such a row may be taken as that names neither months nor an end. */
  readonly ending: { readonly by: string; readonly value: string; readonly unended: Readonly<Record<string, string>> }
}

export interface Priced {
  readonly amount: string
  /** The column that says what the amount is for, with what a person may answer. */
  readonly per: string
  readonly choices: Readonly<Record<string, string>>
  readonly units: string
  /** Headers of the amount that can only mean the price of one unit. */
  readonly sure: readonly string[]
}

/** Words of a status, in small letters, words joined by "_". */
export interface Statuses {
  /** Such rows never count: they are left out, and that is said. */
  readonly leftOut: readonly string[]
  /** Whether such rows count is asked. */
  readonly asked: readonly string[]
  /** Where given, whether rows with any other word count is asked too. */
  readonly counted?: readonly string[]
}

/** One cell that becomes a fact of another kind: a `segment` column in an accounts file is an account attribute. */
export interface Carried {
  readonly fact: string
  readonly says: string
  readonly aliases: readonly string[]
  /** Column of the carried fact that takes the cell. */
  readonly valueColumn: string
  /** How the cell is read, where it is held tighter than the column that takes it. */
  readonly column?: Column | undefined
  /** Other columns of the carried fact: a constant, or `{column}` copied from the carrying row. */
  readonly constants: Readonly<Record<string, string>>
  readonly copies: Readonly<Record<string, string>>
}

type Optional =
  | 'historyOf'
  | 'marksRevisions'
  | 'readBy'
  | 'succession'
  | 'manyADay'
  | 'identityAlso'
  | 'ownId'
  | 'statuses'
  | 'takenOff'
  | 'lasts'
  | 'priced'
  | 'heldPer'
  | 'restates'
  | 'about'
  | 'isModifier'
  | 'isAnswer'
  | 'carries'

export const defineFact = (definition: Omit<FactDefinition, Optional> & Partial<Pick<FactDefinition, Optional>>): FactDefinition => {
  const fact: FactDefinition = {
    historyOf: undefined,
    marksRevisions: false,
    readBy: undefined,
    succession: undefined,
    manyADay: false,
    identityAlso: [],
    ownId: undefined,
    statuses: { leftOut: [], asked: [] },
    takenOff: undefined,
    lasts: undefined,
    priced: undefined,
    heldPer: undefined,
    // Histories of attributes say what an account was like, which is asked for by day.
    restates: definition.historyOf === undefined,
    about: 'money',
    isModifier: false,
    isAnswer: false,
    ...definition,
    columns: bare(definition.columns),
    carries: bare(definition.carries ?? {}),
  }
  for (const name of [
    fact.effective,
    ...fact.identity.flat(),
    ...fact.identityAlso,
    ...(fact.historyOf ?? []),
    ...(fact.heldPer ?? []),
    ...(fact.succession === undefined ? [] : [fact.succession]),
  ])
    if (fact.columns[name] === undefined) throw new Error(`fact ${fact.id}: no column ${name}`)
  if (fact.placement === 'account' && fact.columns.account_id === undefined) throw new Error(`fact ${fact.id}: placed by account but has no account_id`)
  return fact
}

const CLICKHOUSE_TYPE: Record<ColumnType, string> = {
  id: 'String',
  text: 'String',
  choice: 'LowCardinality(String)',
  currency: 'LowCardinality(String)',
  money: 'Nullable(Decimal(38, 6))',
  number: 'Nullable(Decimal(38, 6))',
  boolean: 'UInt8',
  instant: "Nullable(DateTime64(3, 'UTC'))",
  date: 'Nullable(Date32)',
  hours: 'String',
  week: 'String',
  zone: 'String',
}

/** The engine's type of a column. The effective column is never null: undated rows are dated when they are committed. */
export const clickhouseType = (fact: FactDefinition, name: string): string => {
  const found = fact.columns[name]
  if (found === undefined) throw new Error(`fact ${fact.id}: no column ${name}`)
  const type = CLICKHOUSE_TYPE[found.type]
  return name === fact.effective ? type.replace(/^Nullable\((.*)\)$/, '$1') : type
}

export const factTable = (fact: FactDefinition): string => `fact_${fact.id}`
export const stagedTable = (fact: FactDefinition): string => `staged_${fact.id}`

/** Columns every fact version carries beside its own. */
export const VERSION_COLUMNS = {
  source: 'LowCardinality(String)',
  source_id: 'String',
  recorded_at: "DateTime64(6, 'UTC')",
  import_id: 'String',
  row_number: 'UInt64',
  deleted: 'UInt8',
} as const
