import type { ImportFile, ImportRecord, Mapping } from '../../contract/imports.ts'

/** A stand-in for the server's import path while pages are designed: reads the files it is given, remembers in memory. */
type Target = { to: string; says: string; type: string; required: boolean }
const target = (to: string, type: string, says: string, required = false): Target => ({ to, type, says, required })

export const TARGETS = [
  {
    fact: 'account',
    name: 'Account',
    says: 'One billing customer or prospect.',
    targets: [
      target('account_id', 'id', 'Your own id of the account', true),
      target('name', 'text', 'Display name'),
      target('created_at', 'instant', 'When the account came to be; empty means unknown'),
      target('attribute:segment', 'text', 'Market segment: SMB, mid-market, enterprise ...'),
      target('attribute:acquisition_source', 'text', 'How the account was won'),
      target('csm', 'id', 'The CSM who owns the account'),
    ],
  },
  {
    fact: 'charge',
    name: 'Charge',
    says: 'One line that was billed to or refunded to an account, net of tax.',
    targets: [
      target('charge_id', 'id', 'The charge or invoice line', true),
      target('account_id', 'id', 'The account that was billed', true),
      target('charged_at', 'instant', 'When it was billed', true),
      target('kind', 'choice', 'What was billed'),
      target('amount', 'money', 'Amount net of tax; negative for refunds', true),
      target('currency', 'currency', 'Currency of the amount', true),
    ],
  },
  {
    fact: 'cost',
    name: 'Cost',
    says: 'What one category of work cost in one month.',
    targets: [
      target('month', 'date', 'The month, by its first day', true),
      target('category', 'id', 'What it was spent on', true),
      target('amount', 'money', 'Amount spent', true),
      target('currency', 'currency', 'Currency of the amount', true),
    ],
  },
]

const ALIAS: Record<string, string> = {
  segment: 'attribute:segment',
  source: 'attribute:acquisition_source',
  id: 'charge_id',
  date: 'charged_at',
  amount_usd: 'amount',
}
const uuid = () => crypto.randomUUID()
const reasonless = { error: null, delimiter: ',', confidence: 0.97 }

const guess = (name: string): string | null =>
  /account|customer/.test(name) ? 'account' : /charge|invoice/.test(name) ? 'charge' : /cost/.test(name) ? 'cost' : null

interface Held {
  file: ImportFile
  lines: string[][]
}

export class PretendImports {
  readonly imports: ImportRecord[] = []
  readonly #held = new Map<string, Held>()
  readonly #recorded = new Set<string>()

  find(id: string): ImportRecord {
    const found = this.imports.find((item) => item.id === id)
    if (found === undefined) throw new Error(`no import ${id}`)
    return found
  }

  create(): ImportRecord {
    const record: ImportRecord = {
      id: uuid(),
      state: 'draft',
      created_at: new Date().toISOString(),
      committed_at: null,
      undone_at: null,
      files: [],
      progress: null,
      error: null,
    }
    this.imports.unshift(record)
    return record
  }

  addFile(id: string, name: string, text: string): ImportFile {
    const lines = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replace(/\r$/, '').split(','))
    const headers = lines.shift() ?? []
    const file: ImportFile = {
      ...reasonless,
      id: uuid(),
      name,
      bytes: text.length,
      rows: lines.length,
      state: 'receiving',
      headers,
      sample: lines.slice(0, 8),
      mapping: null,
      ambiguities: [],
      refused: 0,
      refused_reasons: [],
      counts: [],
    }
    if (headers.length < 2)
      Object.assign(file, {
        state: 'failed',
        error: {
          code: 'no_columns',
          message: 'No columns were found in it.',
          cure: 'Give a file with a header line and a delimiter: comma, semicolon, tab or bar.',
        },
      })
    this.#held.set(file.id, { file, lines })
    this.find(id).files.push(file)
    if (file.state !== 'failed') this.#read(file, this.#propose(headers, guess(name)))
    return file
  }

  map(id: string, fileId: string, mapping: Mapping): ImportFile {
    const file = this.find(id).files.find((item) => item.id === fileId)
    if (file === undefined) throw new Error('no file')
    this.#read(file, mapping.columns.length === 0 ? this.#propose(file.headers, mapping.fact) : mapping)
    return file
  }

  #propose(headers: string[], fact: string | null): Mapping | null {
    if (fact === null) return null
    const targets = TARGETS.find((item) => item.fact === fact)?.targets ?? []
    const of = (header: string) => targets.find((item) => item.to === header || item.to === ALIAS[header])?.to ?? null
    return { fact, source: 'files', columns: headers.map((header) => ({ header, to: of(header) })) }
  }

  #read(file: ImportFile, mapping: Mapping | null): void {
    const lines = this.#held.get(file.id)?.lines ?? []
    file.mapping = mapping
    file.confidence = mapping === null ? 0 : 0.97
    file.ambiguities = mapping === null ? [this.#whichFact()] : this.#questions(file, mapping, lines)
    file.state = file.ambiguities.length > 0 ? 'needs_answer' : 'staged'
    const refused = lines.filter((cells) => cells.includes('oops')).length
    const same = lines.filter((cells) => this.#recorded.has(cells.join())).length
    file.refused = refused
    file.refused_reasons = refused === 0 ? [] : [{ reason: '"oops" is not an amount', column: 'amount', count: refused, example: 'oops' }]
    file.counts =
      mapping === null || file.state === 'needs_answer' ? [] : [{ fact: mapping.fact, new: lines.length - refused - same, changed: 0, same, repeated: 0 }]
    if (mapping?.fact === 'account' && file.state === 'staged')
      file.counts.push(
        { fact: 'account_attribute', new: (lines.length - same) * 2, changed: 0, same: same * 2, repeated: 0 },
        { fact: 'csm_assignment', new: lines.length - same, changed: 0, same, repeated: 0 },
      )
  }

  #whichFact(): ImportFile['ambiguities'][number] {
    return {
      header: '',
      kind: 'fact',
      says: 'What does this file hold? Its name and columns fit nothing well.',
      choices: TARGETS.map((item) => ({ value: item.fact, says: `${item.name}: ${item.says}` })),
      examples: [],
    }
  }

  #questions(file: ImportFile, mapping: Mapping, lines: string[][]): ImportFile['ambiguities'] {
    const asked: ImportFile['ambiguities'] = []
    file.headers.forEach((header, i) => {
      const examples = [...new Set(lines.map((cells) => cells[i] ?? ''))].filter((cell) => /^\d\d?\/\d\d?\/\d{4}$/.test(cell)).slice(0, 3)
      if (examples.length > 0 && mapping.columns.find((column) => column.header === header)?.read_as === undefined)
        asked.push({
          header,
          kind: 'date',
          says: `Is the day or the month first in "${header}"? Every value fits both.`,
          choices: [
            { value: 'dmy', says: `Day first: ${examples[0]} is 3 April 2024` },
            { value: 'mdy', says: `Month first: ${examples[0]} is 4 March 2024` },
          ],
          examples,
        })
    })
    const fed = (to: string) => mapping.columns.some((column) => column.to === to)
    if (TARGETS.find((item) => item.fact === mapping.fact)?.targets.some((item) => item.to === 'currency') === true && !fed('currency'))
      asked.push({
        header: 'currency',
        kind: 'missing_currency',
        says: 'In which currency are the amounts? No column says it.',
        choices: ['USD', 'EUR', 'GBP'].map((value) => ({ value, says: value })),
        examples: [],
      })
    return asked
  }

  /** Answers when all is done, as the server does; the import can be watched meanwhile. */
  async commit(id: string): Promise<ImportRecord> {
    const record = this.find(id)
    for (const [state, step, total] of [
      ['committing', 'recording', 5],
      ['refreshing', 'refreshing', null],
    ] as const) {
      record.state = state
      for (let done = 0; done <= 5; done++) {
        record.progress = { step, done, total }
        await new Promise((resolve) => setTimeout(resolve, 400))
      }
    }
    for (const file of record.files) for (const line of this.#held.get(file.id)?.lines ?? []) this.#recorded.add(line.join())
    return Object.assign(record, { state: 'done', progress: null, committed_at: new Date().toISOString() })
  }

  async undo(id: string): Promise<ImportRecord> {
    const record = Object.assign(this.find(id), {
      state: 'undone',
      undone_at: new Date().toISOString(),
      progress: { step: 'refreshing', done: 0, total: null },
    })
    await new Promise((resolve) => setTimeout(resolve, 1500))
    for (const file of record.files) for (const line of this.#held.get(file.id)?.lines ?? []) this.#recorded.delete(line.join())
    return Object.assign(record, { progress: null })
  }

  refused(id: string): { file: string; row_number: number; reason: string; column: string; raw: string[] }[] {
    return this.find(id).files.flatMap((file) =>
      (this.#held.get(file.id)?.lines ?? []).flatMap((raw, i) =>
        raw.includes('oops') ? [{ file: file.name, row_number: i + 2, reason: '"oops" is not an amount', column: 'amount', raw }] : [],
      ),
    )
  }
}
