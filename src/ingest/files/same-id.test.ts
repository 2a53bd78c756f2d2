import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bytesOf, openTestStores } from '../../../test/open-ingest.ts'
import type { OpenIngest, OpenStores } from '../../../test/open-ingest.ts'
import { accountAttribute } from '../../facts/account-attribute.ts'
import { currentFacts } from '../../facts/current.ts'
import { charge } from '../../facts/charge.ts'
import { csmAssignment } from '../../facts/csm-assignment.ts'
import type { FactDefinition } from '../../facts/fact.ts'
import type { FactStore } from '../../facts/store.ts'
import { param, sql } from '../../kernel/sql.ts'
import type { ImportFile, ImportRecord } from './types.ts'

/** What a file would change, facts of which nothing changes left out. */
const counts = (file: ImportFile) =>
  Object.fromEntries(file.counts.map(({ fact, ...rest }) => [fact, Object.fromEntries(Object.entries(rest).filter(([, n]) => n !== 0))]))

describe('rows of one file with one id', () => {
  let stores: OpenStores
  let facts: FactStore
  let imports: OpenIngest
  beforeAll(async () => {
    stores = await openTestStores('private')
    facts = stores.facts
    imports = stores.ingest()
  })
  afterAll(() => stores.close())
  async function draft(files: Record<string, string>): Promise<ImportRecord> {
    const { id } = await imports.create()
    for (const [name, text] of Object.entries(files)) await imports.addFile(id, { name }, bytesOf(text))
    return imports.read(id)
  }
  const current = (account: string, fact: FactDefinition = charge): Promise<unknown[]> =>
    facts.read(sql`SELECT * FROM ${facts.shardLocal(currentFacts(fact, { where: sql`account_id = ${param('String', account)}` }))} ORDER BY source_id`)

  test('are shown and asked about where they differ; equal ones are one fact', async () => {
    const head = 'charge_id,account_id,charged_at,amount,currency,product\n'
    const same = await draft({ 'charges.csv': `${head}V0,VA,2024-01-01,5,USD,x\nV0,VA,2024-01-01,5,USD,x\n` })
    expect([same.files[0]?.state, counts(same.files[0]!)]).toEqual(['staged', { charge: { new: 1, repeated: 1 } }])
    const open = await draft({ 'charges.csv': `${head}V1,VA,2024-03-01,100,USD,x\nV1,VA,2024-02-01,40,USD,y\nV2,VA,2024-01-01,7,USD,x\n` })
    const file = open.files[0]!
    expect([file.state, file.counts, file.ambiguities]).toMatchObject([
      'needs_answer',
      [],
      [
        {
          key: 'id',
          says: expect.stringMatching(/^2 rows of charges share 1 id and say different things/),
          examples: ['row 2: V1, VA, 2024-03-01, 100, USD, x', 'row 3: V1, VA, 2024-02-01, 40, USD, y'],
        },
      ],
    ])
    expect(file.ambiguities[0]?.choices.map(({ value }) => value)).toEqual(['apart:product', 'apart:charged_at', 'apart:amount', 'apart:*', 'latest', 'last'])
    const answered = async (id: string) => {
      const read = await imports.mapFile(open.id, file.id, { ...file.mapping!, answers: { id } })
      return [read.state, counts(read), read.notes.length]
    }
    expect(await answered('apart:currency')).toEqual(['needs_answer', {}, 0])
    expect(await answered('apart:product')).toEqual(['staged', { charge: { new: 3 } }, 0])
    expect(await answered('last')).toEqual(['staged', { charge: { new: 2, repeated: 1 } }, 1])
    expect(await answered('latest')).toEqual(['staged', { charge: { new: 2, repeated: 1 } }, 1])
    await imports.commit(open.id)
    expect(await current('VA')).toMatchObject([{ charge_id: 'V1', amount: '100' }, { charge_id: 'V2' }])
  })

  test('rows that do not count are left out of what is recorded', async () => {
    const record = await draft({
      'charges.csv': 'charge_id,account_id,charged_at,amount,currency,status\nX1,VX,2024-01-01,5,USD,paid\nX2,VX,2024-01-01,6,USD,void\n',
    })
    expect([record.files[0]?.state, record.files[0]?.left_out, record.files[0]?.notes]).toEqual(['staged', 1, ['1 row is left out: "status" is "void".']])
    expect((await imports.commit(record.id)).state).toBe('done')
    expect(await current('VX')).toMatchObject([{ charge_id: 'X1' }])
  })

  test('an undated row beside dated ones of the same thing is how its history began', async () => {
    const files = {
      'segment_history.csv': 'account_id,attribute,value,effective_at\nHO,segment,ENT,2025-05-12\nHO,segment,SMB,\nHP,segment,MID,\n',
      'csm_assignments.csv': 'account_id,csm_id,effective_at\nHO,mira,\nHO,noor,2025-05-12\n',
      'business_calendars.csv': 'calendar_id,monday,effective_at\nHC,9-17,\nHC,8-20,2025-05-12\n',
    }
    const told = async (given: Record<string, string>) => (await imports.commit((await draft(given)).id)).files.map(counts)
    expect(await told(files)).toEqual([{ account_attribute: { new: 3 } }, { csm_assignment: { new: 2 } }, { business_calendar: { new: 2 } }])
    const first = { effective_at: '1970-01-01T00:00:00.000Z' }
    expect(await current('HO', accountAttribute)).toMatchObject([
      { value: 'SMB', ...first, source_id: 'HO|segment|1970-01-01T00:00:00.000Z' },
      { value: 'ENT' },
    ])
    expect(await current('HO', csmAssignment)).toMatchObject([{ csm_id: 'mira', ...first }, { csm_id: 'noor' }])
    expect(await told(files)).toEqual([{ account_attribute: { same: 3 } }, { csm_assignment: { same: 2 } }, { business_calendar: { same: 2 } }])
    expect(await told({ 'segment_history.csv': files['segment_history.csv'].replace('SMB', 'MID') })).toEqual([{ account_attribute: { changed: 1, same: 2 } }])
  })

  test('what rows carry beside them is held to the same', async () => {
    const [file] = (await draft({ 'accounts.csv': 'account_id,name,segment\nVC,x,SMB\nVC,x,ENT\n' })).files
    expect(file?.ambiguities).toMatchObject([{ key: 'id', says: expect.stringMatching(/account attributes/), choices: [{ value: 'last' }] }])
  })
})
