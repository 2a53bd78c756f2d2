import { bare } from '../../../kernel/bare.ts'
import { conversation } from '../../../facts/conversation.ts'
import { touchpoint } from '../../../facts/touchpoint.ts'
import type { Version } from '../../version.ts'
import type { Known, Told } from '../happening.ts'
import { defineTimelineKind, joined, plain } from '../happening.ts'

const KINDS = bare<Readonly<Record<string, string>>>({ email: 'E-mail', call: 'Call', meeting: 'Meeting', message: 'Message', other: 'Touchpoint' })

function touchOf(known: Known, own: Version): Told {
  const { kind, state, contact_id = null, csm_id, subject, minutes, happened_at = null } = own.values
  const what = KINDS[String(kind)] ?? 'Touchpoint'
  const isOff = state === 'rescheduled' || state === 'declined'
  const whom = contact_id === null ? '' : ` with ${known.nameOf(contact_id)}`
  return {
    of: own,
    what: 'touched',
    at: happened_at,
    title: `${what}${whom}${state === null || state === 'held' ? '' : `: ${plain(state ?? null)}`}`,
    detail: joined([subject, csm_id, minutes === null || minutes === undefined ? null : `${String(minutes)} min`]),
    tone: isOff ? 'bad' : 'neutral',
  }
}

function conversationOf(known: Known, own: Version): Told {
  const { contact_id = null, kind, theme, summary, held_at = null, sentiment = null } = own.values
  const tone = sentiment === null ? 'neutral' : Number(sentiment) < 0 ? 'bad' : Number(sentiment) > 0 ? 'good' : 'neutral'
  const what = plain(kind ?? null)
  const name = what === '' ? 'Conversation' : `${what.charAt(0).toUpperCase()}${what.slice(1)}`
  return {
    of: own,
    what: 'talked',
    at: held_at,
    title: `${name}${contact_id === null ? '' : ` with ${known.nameOf(contact_id)}`}`,
    detail: joined([theme, summary]),
    tone,
  }
}

export const touches = defineTimelineKind({
  id: 'touches',
  name: 'Touches',
  of: [touchpoint, conversation],
  tell: (known) => [...known.of(touchpoint).map((own) => touchOf(known, own)), ...known.of(conversation).map((own) => conversationOf(known, own))],
})
