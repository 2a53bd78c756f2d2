// What `npm run new` writes: definitions that hold as they stand, but for the example of a metric, which is to be worked out.

/** @typedef {{ readonly id: string, readonly name: string, readonly camel: string }} Named */

/** @param {string} id @returns {Named} */
export const namesOf = (id) => ({
  id,
  name: `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('_', ' ')}`,
  camel: id.replace(/_(\w)/g, (_, letter) => letter.toUpperCase()),
})

/** @param {Named} named @param {string} level */
export const metricSource = ({ id, name, camel }, level) => `import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { ratio } from '../kit/value.ts'
import { accountPeriods } from '../rows/account-periods.ts'

export const ${camel} = defineMetric({
  id: '${id}',
  name: '${name}',
  says: 'What it means, in one plain sentence.',
  level: '${level}',
  kind: 'p2p',
  grain: 'account',
  unit: 'share',
  better: 'up',
  rollUp: 'ratio',
  dimensions: 'account',
  formula: '{kept} / {opening}',
  nullWhen: 'Opening MRR is 0.',
  measures: {
    kept: { of: accountPeriods, each: 'if(was_customer, kept, 0)', label: 'Of it there at the close', kind: 'money' },
    opening: { of: accountPeriods, each: 'opening', label: 'Opening MRR', kind: 'money' },
    customers: { of: accountPeriods, each: 'was_customer', label: 'Customers at the opening', kind: 'count' },
  },
  value: ratio('kept', 'opening', 'no_opening_mrr'),
  n: 'customers',
  settings: MRR_SETTINGS,
  examples: [
    // Work the number out by hand, then make the definition come to it. As it stands the value is 0.9.
    {
      says: 'two accounts of 100, one of which falls to 80',
      accounts: [
        { opening: 100, closing: 100 },
        { opening: 100, closing: 80 },
      ],
      value: -1,
    },
  ],
})
`

/** @param {Named} named */
export const factSource = ({ id, name, camel }) => `import { accountId, defineFact, id, instant, text } from './fact.ts'

export const ${camel} = defineFact({
  id: '${id}',
  name: '${name}',
  plural: '${name.toLowerCase()}s',
  says: 'What one row is, in one plain sentence.',
  placement: 'account',
  columns: {
    ${id}_id: id('Your own id of it'),
    account_id: accountId('The account', { required: true, aliases: ['account', 'customer_id', 'customer'] }),
    happened_at: instant('When it happened', { required: true }),
    title: text('What it is called'),
  },
  identity: [['${id}_id'], ['account_id', 'happened_at', 'title']],
  effective: 'happened_at',
  fileNames: ['${id}'],
})
`

/** @param {Named} named */
export const ledgerSource = ({ id, camel }) => `import { incident } from '../facts/incident.ts'
import { sql } from '../kernel/sql.ts'
import { accountLedger } from './account-ledger.ts'
import { countedVersions } from './counted.ts'
import { defineLedger } from './ledger.ts'
import { localDay } from './local-day.ts'

export const ${camel}Ledger = defineLedger({
  id: '${id}',
  says: 'What one row is, in one plain sentence.',
  placement: 'account',
  columns: {
    account_id: { type: 'String', says: 'The account' },
    day: { type: 'Date32', says: 'Local day' },
    happened: { type: 'UInt64', says: 'How often it happened' },
  },
  orderBy: ['account_id', 'day'],
  after: [accountLedger],
  derive: (from) => sql\`
    SELECT account_id, day, count() AS happened
    FROM (SELECT account_id, \${localDay(from, 'started_at')} AS day FROM (\${countedVersions(from, incident)})) GROUP BY account_id, day\`,
})
`

/** @param {Named} named */
export const rowSetSource = ({ id, camel }) => `import { sql } from '../../kernel/sql.ts'
import { incidentLedger } from '../../ledgers/incident-ledger.ts'
import { defineRowSet, inPeriods } from '../kit/row-set.ts'

export const ${camel} = defineRowSet({
  id: '${id}',
  says: 'What one row is, in one plain sentence.',
  columns: {
    day: { name: 'Day', kind: 'day' },
    name: { name: 'What happened', kind: 'text' },
  },
  rows(frame) {
    const { period, rest } = inPeriods(frame, sql\`day\`)
    return sql\`SELECT \${period} AS period, account_id, day, name FROM (\${frame.ledger(incidentLedger)}) \${rest}\`
  },
})
`

/** @param {Named} named */
export const settingSource = ({ id, name }) => `  ${id}: {
    name: '${name}',
    says: 'What it decides, in one plain sentence',
    fallback: '30',
    kind: 'number',
    unit: 'days',
    min: 1,
    max: 365,
    rebuilds: false,
  },
`
