import { accountId, choice, defineFact, id, instant, number, text } from './fact.ts'
import { SURVEY_KINDS } from './survey.ts'

/** A column called after a kind of survey says that it is one. */
const KIND_BY_HEADER = Object.fromEntries(['nps', 'csat', 'ces'].flatMap((kind) => [kind, `${kind}_score`].map((alias) => [alias, { kind }])))

export const surveyResponse = defineFact({
  id: 'survey_response',
  name: 'Survey response',
  plural: 'survey responses',
  says: 'One answer on a scale: the score of an NPS, CSAT or effort survey, or one item of a satisfaction index. A response with several items has a row for each.',
  about: 'voice',
  placement: 'account',
  isAnswer: true,
  columns: {
    response_id: id('Your own id of the response; rows of one response share it', {
      aliases: ['id', 'answer_id', 'submission_id', 'response', 'response_number'],
    }),
    survey_id: id('The survey; may be left out where the kind is given', {
      aliases: ['survey', 'form_id', 'project_id', 'collector_id', 'survey_name', 'project'],
    }),
    kind: choice('Kind of survey, needed where the survey is not listed', {
      aliases: ['survey_type', 'survey_kind', 'metric', 'question_type'],
      choices: SURVEY_KINDS,
    }),
    account_id: accountId('The account of the contact', {
      required: true,
      aliases: ['account', 'customer_id', 'customer', 'company_id', 'company', 'organization_id', 'associated_company_id'],
    }),
    contact_id: id('Who answered; empty for an anonymous answer', {
      aliases: [
        'contact',
        'person_id',
        'user_id',
        'respondent',
        'recipient',
        'email',
        'person_email',
        'email_address',
        'respondent_email',
        'associated_contact_id',
        'respondent_id',
        'recipient_id',
      ],
    }),
    answered_at: instant('When it was answered', {
      required: true,
      aliases: [
        'date',
        'created_at',
        'responded_at',
        'submitted_at',
        'submit_date',
        'response_date',
        'response_time',
        'survey_submission_date',
        'end_date',
        'updated_at',
        'completed_at',
        'date_modified',
      ],
    }),
    item: text('For a satisfaction index: satisfaction, expectancy, ideal, or the name of an attribute. Empty for the score itself', {
      aliases: ['question', 'attribute', 'dimension', 'aspect', 'question_id'],
    }),
    score: number('The answer', {
      required: true,
      labelled: true,
      scale: { name: 'NPS', where: { kind: 'nps', item: '' }, lowest: 0, highest: 10 },
      tells: KIND_BY_HEADER,
      aliases: ['rating', 'value', 'answer', 'nps_score', 'csat_score', 'ces_score', 'response_value', 'survey_score', 'score_value', 'nps', 'csat', 'ces'],
    }),
    importance: number('How important the attribute is to the one who answers', { aliases: ['weight', 'importance_rating'], min: 0 }),
    channel: text('Where it was answered: email, in-app, sms ...', { aliases: ['medium', 'source', 'survey_channel', 'collector_type', 'network'] }),
    language: text('In which language', { aliases: ['locale', 'lang'] }),
    csm_id: id('The CSM whom the answer is about', { aliases: ['csm', 'agent', 'agent_id', 'owner', 'about_csm'] }),
    ticket_id: id('The ticket it is about', { aliases: ['ticket', 'case_id', 'conversation_id', 'ticket_number', 'associated_ticket_id'] }),
    invitation_id: id('The invitation it answers', { aliases: ['invitation', 'invite_id', 'survey_request_id'] }),
    comment: text('What they wrote', {
      aliases: ['feedback', 'verbatim', 'text', 'response_text', 'survey_response', 'follow_up', 'open_ended_response', 'notes'],
    }),
  },
  identity: [
    ['response_id', 'item'],
    ['response_id'],
    ['survey_id', 'contact_id', 'answered_at', 'item'],
    ['survey_id', 'contact_id', 'answered_at'],
    ['kind', 'contact_id', 'answered_at'],
  ],
  ownId: 'response_id',
  effective: 'answered_at',
  fileNames: ['response', 'survey_response', 'answer', 'feedback', 'nps', 'csat', 'ces', 'csi', 'submission', 'rating'],
})
