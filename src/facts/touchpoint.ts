import { accountId, choice, defineFact, id, instant, number, text } from './fact.ts'

export const touchpoint = defineFact({
  id: 'touchpoint',
  name: 'Touchpoint',
  plural: 'touchpoints',
  says: 'One contact of the team with an account: an email, a call, a meeting. An appointment that was moved is a row of its own for each time it was to be.',
  about: 'care',
  placement: 'account',
  columns: {
    touchpoint_id: id('The touchpoint; without it account, time and kind tell them apart', { aliases: ['id', 'activity_id', 'engagement_id', 'call_id'] }),
    account_id: accountId('The account', {
      required: true,
      aliases: ['account', 'customer_id', 'customer', 'company_id', 'company', 'associated_company', 'related_to'],
    }),
    happened_at: instant('When it took place', {
      required: true,
      aliases: ['at', 'date', 'time', 'timestamp', 'activity_date', 'occurred_at', 'start', 'started_at', 'start_time', 'logged_at', 'sent_at'],
    }),
    kind: choice('What it was', {
      fallback: 'other',
      aliases: ['type', 'activity_type', 'engagement_type', 'touch_type', 'channel'],
      choices: {
        email: ['email', 'mail', 'e_mail', 'incoming_email', 'forwarded_email'],
        call: ['call', 'phone', 'phone_call', 'dial'],
        meeting: ['meeting', 'video', 'video_call', 'qbr', 'ebr', 'business_review', 'visit', 'on_site', 'demo', 'workshop'],
        message: ['message', 'chat', 'slack', 'teams', 'sms', 'whatsapp', 'linkedin_message'],
        other: ['other', 'note', 'update', 'letter', 'gift'],
      },
    }),
    two_way: choice('Whether the customer took part; empty: calls and meetings are two-way, the rest is not', {
      aliases: ['is_two_way', 'replied', 'answered', 'reciprocal', 'connected', 'held'],
      choices: {
        yes: ['yes', 'true', '1', 'y', 'two_way', 'connected', 'completed', 'held', 'replied'],
        no: ['no', 'false', '0', 'n', 'one_way', 'no_answer', 'no_show', 'left_voicemail', 'busy'],
      },
    }),
    csm_id: id('Who of the team', { aliases: ['csm', 'owner', 'owner_id', 'user', 'activity_assigned_to', 'assigned_to', 'author'] }),
    contact_id: id('With whom', { aliases: ['contact', 'attendee', 'contact_email', 'associated_contact', 'with'] }),
    minutes: number('How long it took', { aliases: ['duration', 'duration_minutes', 'length'], min: 0 }),
    subject: text('What it was about', { aliases: ['title', 'summary', 'topic', 'activity_subject'] }),
    state: choice('What became of an appointment; it counts as a touch if this is empty or held', {
      aliases: [
        'meeting_status',
        'meeting_outcome',
        'event_status',
        'appointment_status',
        'appointment_state',
        'booking_status',
        'invitee_status',
        'invitation_status',
        'attendance',
        'attendance_status',
        'rsvp',
        'rsvp_status',
        'response_status',
      ],
      choices: {
        scheduled: ['scheduled', 'planned', 'booked', 'upcoming', 'open', 'pending', 'tentative', 'invited', 'needs_action', 'needsaction', 'no_response'],
        accepted: ['accepted', 'confirmed'],
        rescheduled: ['rescheduled', 're_scheduled', 'moved', 'postponed', 'deferred'],
        declined: ['declined', 'cancelled', 'canceled', 'rejected', 'no_show', 'noshow', 'not_held', 'missed', 'did_not_attend', 'not_attended'],
        held: ['held', 'completed', 'complete', 'done', 'attended', 'finished', 'took_place', 'happened'],
      },
    }),
  },
  identity: [['touchpoint_id'], ['account_id', 'happened_at', 'kind']],
  ownId: 'touchpoint_id',
  manyADay: true,
  statuses: { leftOut: [], asked: ['cancelled', 'canceled', 'no_show', 'declined', 'not_held'] },
  effective: 'happened_at',
  fileNames: ['touchpoint', 'touch', 'activity', 'activities', 'engagement', 'meeting', 'call', 'timeline'],
})
