import { accountId, choice, defineFact, id, instant, text } from './fact.ts'

export const advocacyAct = defineFact({
  id: 'advocacy_act',
  name: 'Advocacy act',
  plural: 'advocacy acts',
  says: 'One thing a customer did for us in public or for a prospect: a review, a case study, a talk, a reference call.',
  about: 'voice',
  placement: 'account',
  columns: {
    act_id: id('Your own id of the act', { aliases: ['id', 'activity_id', 'advocacy_id', 'review_id'] }),
    account_id: accountId('The account', { required: true, aliases: ['account', 'customer_id', 'customer', 'company_id', 'company', 'advocate_account'] }),
    contact_id: id('Who did it', { aliases: ['contact', 'person_id', 'advocate', 'speaker', 'reviewer', 'email'] }),
    acted_at: instant('When', { required: true, aliases: ['date', 'published_at', 'held_at', 'completed_at', 'activity_date', 'review_date', 'created_at'] }),
    kind: choice('What it was', {
      fallback: 'other',
      aliases: ['type', 'activity_type', 'act', 'activity'],
      choices: {
        review: ['review', 'rating', 'g2_review', 'capterra_review', 'trustpilot_review'],
        case_study: ['case_study', 'case', 'success_story', 'story'],
        testimonial: ['testimonial', 'quote', 'video', 'logo'],
        reference: ['reference', 'reference_call', 'reference_visit', 'sales_reference'],
        event: ['event', 'speaker', 'talk', 'webinar', 'panel', 'conference'],
        community: ['community', 'post', 'forum', 'social', 'advisory_board', 'beta'],
        other: ['other', 'misc'],
      },
    }),
    title: text('Title or link', { aliases: ['name', 'url', 'link', 'description', 'headline'] }),
  },
  identity: [['act_id'], ['account_id', 'kind', 'acted_at', 'contact_id'], ['account_id', 'kind', 'acted_at']],
  effective: 'acted_at',
  fileNames: ['advocacy', 'advocacy_act', 'advocacy_activity', 'review', 'case_studies', 'testimonial'],
})
