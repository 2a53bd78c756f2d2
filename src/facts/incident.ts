import { accountId, defineFact, id, instant, text } from './fact.ts'

export const incident = defineFact({
  id: 'incident',
  name: 'Incident exposure',
  plural: 'incident exposures',
  says: 'One account that an incident (an outage, a data loss, a price shock) reached. An incident has a row for each account.',
  placement: 'account',
  columns: {
    incident_id: id('The incident', { required: true, aliases: ['incident', 'outage_id', 'id', 'crisis', 'event_id'] }),
    account_id: accountId('An account that it reached', {
      required: true,
      aliases: ['account', 'customer_id', 'customer', 'affected_account', 'company_id', 'company'],
    }),
    started_at: instant('When it began for the account', {
      required: true,
      aliases: ['start', 'date', 'began_at', 'occurred_at', 'start_date', 'detected_at'],
    }),
    ended_at: instant('When it was over', { aliases: ['end', 'resolved_at', 'end_date'] }),
    name: text('What happened', { aliases: ['title', 'summary', 'description'] }),
    severity: text('How bad it was', { aliases: ['level', 'impact', 'priority'] }),
  },
  identity: [['incident_id', 'account_id']],
  effective: 'started_at',
  fileNames: ['incident', 'outage', 'crisis', 'exposure'],
})
