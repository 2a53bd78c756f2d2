import { bare } from '../../../kernel/bare.ts'
import { advocacyAct } from '../../../facts/advocacy-act.ts'
import { referenceConsent } from '../../../facts/reference-consent.ts'
import { request } from '../../../facts/request.ts'
import { surveyInvitation } from '../../../facts/survey-invitation.ts'
import { surveyResponse } from '../../../facts/survey-response.ts'
import type { Version } from '../../version.ts'
import type { Known, Told, Tone } from '../happening.ts'
import { defineTimelineKind, joined, plain } from '../happening.ts'

/** Low and high answers of the kinds whose scale is known. */
const EDGES = bare<Readonly<Record<string, readonly [bad: number, good: number]>>>({ nps: [6, 9], csat: [2, 4], ces: [3, 6] })

function toneOf(kind: unknown, score: unknown): Tone {
  const edges = EDGES[String(kind)]
  if (edges === undefined) return 'neutral'
  return Number(score) <= edges[0] ? 'bad' : Number(score) >= edges[1] ? 'good' : 'neutral'
}

function answerOf(known: Known, own: Version): Told {
  const { kind = null, survey_id, contact_id = null, score, item, comment, answered_at = null } = own.values
  const survey = kind === null ? String(survey_id ?? 'Survey') : String(kind).toUpperCase()
  return {
    of: own,
    what: 'answered',
    at: answered_at,
    title: `${contact_id === null ? 'Somebody' : known.nameOf(contact_id)} gave ${String(score)} (${joined([survey, item], ', ') ?? ''})`,
    detail: joined([comment]),
    tone: toneOf(kind, score),
  }
}

function requestOf(own: Version): Told[] {
  const { kind, title, blocking, requested_at = null, closed_at = null } = own.values
  const name = title ?? own.values.request_id ?? ''
  const what = plain(kind ?? null)
  const asked: Told = {
    of: own,
    what: 'asked',
    at: requested_at,
    title: `Asked for: ${String(name)}`,
    detail: joined([what, blocking === true ? 'blocking' : null]),
    tone: blocking === true ? 'bad' : 'neutral',
  }
  return closed_at === null
    ? [asked]
    : [asked, { of: own, what: 'closed', at: closed_at, title: `Request closed: ${String(name)}`, detail: what, tone: 'good' }]
}

function consentOf(known: Known, own: Version): Told[] {
  const { contact_id = null, given_at = null, withdrawn_at = null, scope } = own.values
  const given: Told = {
    of: own,
    what: 'given',
    at: given_at,
    title: `${known.nameOf(contact_id)} agreed to be a reference`,
    detail: joined([scope]),
    tone: 'good',
  }
  return withdrawn_at === null
    ? [given]
    : [
        given,
        { of: own, what: 'withdrawn', at: withdrawn_at, title: `${known.nameOf(contact_id)} is no longer a reference`, detail: joined([scope]), tone: 'bad' },
      ]
}

export const feedback = defineTimelineKind({
  id: 'feedback',
  name: 'Feedback',
  of: [surveyResponse, surveyInvitation, request, advocacyAct, referenceConsent],
  tell: (known) => [
    ...known.of(surveyResponse).map((own) => answerOf(known, own)),
    ...known.of(request).flatMap(requestOf),
    ...known.of(referenceConsent).flatMap((own) => consentOf(known, own)),
    ...known.of(advocacyAct).map((own): Told => {
      const { contact_id = null, kind = null, title, acted_at = null } = own.values
      return { of: own, what: 'acted', at: acted_at, title: `${known.nameOf(contact_id)}: ${plain(kind)}`, detail: joined([title]), tone: 'good' }
    }),
  ],
})
