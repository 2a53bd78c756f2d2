import { accountId, defineFact, id, instant } from './fact.ts'

export const featureEntitlement = defineFact({
  id: 'feature_entitlement',
  name: 'Feature entitlement',
  plural: 'feature entitlements',
  says: 'An account may use a feature from an instant on, until another where one is given. It matters for features that not every customer may use.',
  placement: 'account',
  columns: {
    account_id: accountId('The account', { required: true, aliases: ['account', 'customer_id', 'customer', 'company_id'] }),
    feature: id('The feature', { required: true, aliases: ['feature_id', 'entitlement', 'feature_key', 'module'] }),
    entitled_from: instant('From when; empty means unknown', {
      aliases: ['from', 'since', 'start', 'starts_at', 'granted_at', 'enabled_at', 'valid_from', 'effective_at', 'start_date'],
    }),
    entitled_until: instant('Until when, a day being the last one; empty means until further notice', {
      lastDay: true,
      aliases: ['until', 'to', 'end', 'ends_at', 'revoked_at', 'expires_at', 'valid_to', 'end_date'],
    }),
  },
  identity: [['account_id', 'feature', 'entitled_from']],
  effective: 'entitled_from',
  historyOf: ['account_id', 'feature'],
  fileNames: ['feature_entitlement', 'entitlement', 'feature_access', 'grant'],
})
