import { accountId, defineFact, id, instant, number, text } from './fact.ts'
import type { Carried, Column } from './fact.ts'
import { bare } from '../kernel/bare.ts'

interface Known {
  readonly says: string
  readonly aliases: readonly string[]
  /** What its values are, where numbers depend on them; text otherwise. */
  readonly column?: Column
}

/** Attributes that reports know by name; any other name works too and becomes a dimension of its own. */
export const KNOWN_ATTRIBUTES: Readonly<Record<string, Known>> = bare({
  segment: { says: 'Market segment: SMB, mid-market, enterprise ...', aliases: ['tier', 'customer_segment', 'account_segment'] },
  region: { says: 'Sales or service region', aliases: ['country', 'geo', 'territory', 'market'] },
  industry: { says: 'Industry of the account', aliases: ['vertical', 'sector'] },
  size_band: { says: 'Size band: employees or seats', aliases: ['size', 'company_size', 'employees', 'employee_range'] },
  lifecycle_stage: { says: 'Stage of the journey: onboarding, adopting, renewing ...', aliases: ['stage', 'lifecycle'] },
  acquisition_source: {
    says: 'How the account was won; earned sources (referral, recommendation) count in earned growth',
    aliases: ['source', 'lead_source', 'channel', 'acquisition_channel'],
  },
  parent: {
    says: 'The account that this one belongs to',
    aliases: ['parent_account', 'parent_id', 'parent_account_id'],
    column: accountId('The account above'),
  },
  load_weight: { says: 'How much of a CSM this account takes, 1 being usual', aliases: ['weight'], column: number('A weight', { min: 0 }) },
})

export const carriedAttribute = (name: string, says: string, aliases: readonly string[] = [], column?: Column): Carried => ({
  fact: 'account_attribute',
  says,
  aliases,
  valueColumn: 'value',
  column,
  constants: { attribute: name },
  copies: { account_id: 'account_id' },
})

export const accountAttribute = defineFact({
  id: 'account_attribute',
  name: 'Account attribute',
  plural: 'account attributes',
  says: 'One value of one attribute of one account, from the day it holds. The values of one attribute form a history.',
  placement: 'account',
  columns: {
    account_id: accountId('The account', { required: true, aliases: ['account', 'customer_id', 'customer'] }),
    attribute: id('Name of the attribute: segment, region, industry ...', { required: true, aliases: ['name', 'field', 'property'] }),
    value: text('The value from this day on; empty ends it', { aliases: ['to', 'new_value'] }),
    effective_at: instant('From when it holds; empty means unknown', { aliases: ['from', 'since', 'changed_at', 'valid_from', 'effective_date'] }),
  },
  identity: [['account_id', 'attribute', 'effective_at']],
  effective: 'effective_at',
  historyOf: ['account_id', 'attribute'],
  readBy: {
    says: 'attribute',
    column: 'value',
    as: bare(Object.fromEntries(Object.entries(KNOWN_ATTRIBUTES).flatMap(([name, { column }]) => (column === undefined ? [] : [[name, column]])))),
  },
  fileNames: ['attribute', 'attribute_history', 'segment_history'],
})
