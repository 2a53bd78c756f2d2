import { choice, defineFact, id, instant, number, text } from './fact.ts'

/** Kinds of survey with the spellings that mean them. `ces1` asks how much effort it took, `ces` how easy it was. */
export const SURVEY_KINDS = {
  nps: ['nps', 'net_promoter_score', 'net_promoter', 'recommendation', 'enps'],
  csat: ['csat', 'customer_satisfaction', 'satisfaction', 'smileys', 'stars', 'thumbs'],
  ces: ['ces', 'ces2', 'ces_2.0', 'customer_effort', 'customer_effort_score', 'effort', 'ease'],
  ces1: ['ces1', 'ces_1.0', 'effort_1.0'],
  csi: ['csi', 'acsi', 'satisfaction_index', 'customer_satisfaction_index'],
} as const

export const survey = defineFact({
  id: 'survey',
  name: 'Survey',
  plural: 'surveys',
  says: 'One survey: what it asks, on which scale, and whether it is about the relationship or about one occasion.',
  placement: 'everywhere',
  columns: {
    survey_id: id('Your own id of the survey', { required: true, aliases: ['id', 'survey', 'form_id', 'project_id', 'questionnaire_id'] }),
    name: text('Display name', { aliases: ['title', 'survey_name', 'form_name', 'nickname'] }),
    kind: choice('What it measures', { required: true, aliases: ['type', 'survey_type', 'metric', 'method'], choices: SURVEY_KINDS }),
    relation: choice('About the whole relationship or one occasion; empty means relationship for NPS and CSI, one occasion for the others', {
      aliases: ['relationship', 'category', 'survey_category', 'trigger_type'],
      choices: {
        relationship: ['relationship', 'relational', 'periodic', 'scheduled', 'recurring'],
        transactional: ['transactional', 'transaction', 'touchpoint', 'event', 'ticket', 'one_time'],
      },
    }),
    scale_min: number('Lowest possible answer; empty means 0 for NPS and 1 for the others', { aliases: ['min', 'minimum', 'min_score', 'lowest'] }),
    scale_max: number('Highest possible answer; empty means 10 for NPS and CSI, 7 for effort, 5 for satisfaction', {
      aliases: ['max', 'maximum', 'max_score', 'scale', 'highest'],
    }),
    threshold: number('Lowest answer that counts as satisfied or easy; empty means the upper quarter of the scale, for effort the upper third', {
      aliases: ['satisfied_from', 'positive_from', 'top_box_from'],
    }),
    touchpoint: text('Where it is asked: after a ticket, after onboarding, once a quarter ...', { aliases: ['trigger', 'moment', 'journey_stage', 'event'] }),
    created_at: instant('From when it is in use; empty means unknown', { aliases: ['created', 'date_created', 'launched_at'] }),
  },
  identity: [['survey_id']],
  effective: 'created_at',
  fileNames: ['survey', 'surveys', 'questionnaire', 'form'],
})
