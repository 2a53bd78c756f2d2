import { advocacyAct } from '../../src/facts/advocacy-act.ts'
import { conversation } from '../../src/facts/conversation.ts'
import type { FactDefinition } from '../../src/facts/fact.ts'
import { incident } from '../../src/facts/incident.ts'
import { invoice } from '../../src/facts/invoice.ts'
import { opportunity } from '../../src/facts/opportunity.ts'
import { outcomeMeasurement } from '../../src/facts/outcome-measurement.ts'
import { outcome } from '../../src/facts/outcome.ts'
import { referenceConsent } from '../../src/facts/reference-consent.ts'
import { referral } from '../../src/facts/referral.ts'
import { request } from '../../src/facts/request.ts'
import { surveyInvitation } from '../../src/facts/survey-invitation.ts'
import { surveyResponse } from '../../src/facts/survey-response.ts'
import { survey } from '../../src/facts/survey.ts'

/** Surveys, research, advocacy, outcomes, invoices and deals. */
export const VOICE_FACTS = {
  survey,
  survey_invitation: surveyInvitation,
  survey_response: surveyResponse,
  conversation,
  referral,
  advocacy_act: advocacyAct,
  reference_consent: referenceConsent,
  incident,
  request,
  outcome,
  outcome_measurement: outcomeMeasurement,
  invoice,
  opportunity,
} satisfies Record<string, FactDefinition>

export const VOICE_FACT_IDS = Object.keys(VOICE_FACTS) as (keyof typeof VOICE_FACTS)[]
