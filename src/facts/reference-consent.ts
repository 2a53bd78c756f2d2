import { accountId, defineFact, id, instant, text } from './fact.ts'

export const referenceConsent = defineFact({
  id: 'reference_consent',
  name: 'Reference consent',
  plural: 'reference consents',
  says: 'The written consent of an account to act as a reference, until it expires or is withdrawn.',
  about: 'voice',
  placement: 'account',
  columns: {
    consent_id: id('Your own id of the consent', { aliases: ['id', 'agreement_id'] }),
    account_id: accountId('The account', { required: true, aliases: ['account', 'customer_id', 'customer', 'company_id', 'company'] }),
    contact_id: id('Who gave it', { aliases: ['contact', 'person_id', 'signed_by', 'email'] }),
    given_at: instant('When it was given', { required: true, aliases: ['date', 'consented_at', 'signed_at', 'granted_at', 'consent_date', 'reference_since'] }),
    expires_at: instant('When it ends, a day being its last one; empty means after the months that the setting reference_months says', {
      lastDay: true,
      aliases: ['expires', 'valid_until', 'expiry', 'expiry_date', 'until'],
    }),
    withdrawn_at: instant('When it was taken back', { aliases: ['withdrawn', 'revoked_at', 'declined_at'] }),
    scope: text('What it covers: calls, logo, quotes ...', { aliases: ['covers', 'kind', 'type', 'notes'] }),
  },
  identity: [['consent_id'], ['account_id', 'contact_id', 'given_at'], ['account_id', 'given_at']],
  effective: 'given_at',
  fileNames: ['reference', 'reference_consent', 'consent', 'referenceable'],
})
