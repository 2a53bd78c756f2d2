import { accountId, choice, defineFact, id, instant, text } from './fact.ts'

export const surveyInvitation = defineFact({
  id: 'survey_invitation',
  name: 'Survey invitation',
  plural: 'survey invitations',
  says: 'One survey sent to one contact. It counts once it was delivered; bounces never do.',
  about: 'voice',
  placement: 'account',
  columns: {
    invitation_id: id('Your own id of the invitation', { aliases: ['id', 'invite_id', 'survey_request_id', 'delivery_id'] }),
    survey_id: id('The survey', { required: true, aliases: ['survey', 'form_id', 'project_id', 'collector_id'] }),
    account_id: accountId('The account of the contact', { required: true, aliases: ['account', 'customer_id', 'customer', 'company_id', 'company'] }),
    contact_id: id('Who was asked', {
      aliases: ['contact', 'person_id', 'user_id', 'respondent', 'recipient', 'email', 'person_email', 'email_address', 'recipient_id'],
    }),
    sent_at: instant('When it was sent', { required: true, aliases: ['sent', 'invited_at', 'survey_sent_at', 'date_sent', 'scheduled_at'] }),
    status: choice('Whether it arrived', {
      fallback: 'delivered',
      aliases: ['state', 'delivery_status', 'survey_status', 'recipient_status'],
      choices: {
        delivered: ['delivered', 'sent', 'opened', 'shown', 'clicked', 'answered', 'completed', 'responded', 'reminded'],
        undelivered: ['undelivered', 'bounced', 'failed', 'blocked', 'unsubscribed', 'scheduled', 'queued', 'skipped', 'spam'],
      },
    }),
    channel: text('How: email, in-app, sms ...', { aliases: ['medium', 'source', 'distribution_channel', 'delivery_method'] }),
    language: text('In which language', { aliases: ['locale', 'lang'] }),
  },
  identity: [['invitation_id'], ['survey_id', 'contact_id', 'sent_at']],
  ownId: 'invitation_id',
  effective: 'sent_at',
  fileNames: ['invitation', 'survey_invitation', 'survey_request', 'recipient', 'sends'],
})
