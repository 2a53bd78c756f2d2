import { ownerAt } from './account.ts'
import type { Account } from './account.ts'
import { DAY, instantText } from './calendar.ts'
import type { Minute } from './calendar.ts'
import type { Contracts } from './contracts.ts'
import type { Story } from './story.ts'
import { ticketsOf } from './support.ts'
import type { Ticket } from './support.ts'
import { MOODS, answerFrom, standingOf, voiceOf } from './voice.ts'
import type { Standing } from './voice.ts'

/** Files of what customers say: surveys, invitations, answers and interviews. */

export const VOICE_HEADERS = {
  invitations: 'invitation_id,survey_id,account_id,contact_id,sent_at,status,channel,language\n',
  responses: 'response_id,survey_id,account_id,contact_id,answered_at,item,score,importance,channel,language,csm_id,ticket_id,invitation_id,comment\n',
  conversations: 'conversation_id,account_id,contact_id,held_at,kind,theme,sentiment,coder,second_sentiment,second_coder,summary\n',
} as const

export const surveysText = (story: Story): string =>
  [
    'survey_id,name,kind,relation,scale_min,scale_max,threshold,touchpoint,created_at',
    ...[
      ['nps-half-yearly', 'How likely are you to recommend us?', 'nps', 'relationship', 0, 10, '', 'twice a year'],
      ['csat-support', 'How satisfied are you with the help you got?', 'csat', 'transactional', 1, 5, '', 'after a ticket'],
      ['ces-support', 'They made it easy for me to handle my issue', 'ces', 'transactional', 1, 7, '', 'after a ticket'],
      ['csat-review', 'How satisfied were you with this review?', 'csat', 'transactional', 1, 5, '', 'after a business review'],
      ['csi-yearly', 'Satisfaction index', 'csi', 'relationship', 1, 10, '', 'once a year'],
    ].map((survey) => [...survey, instantText(story.begin)].join(',')),
    '',
  ].join('\n')

interface Sent {
  readonly id: string
  readonly survey: string
  readonly contact: string
  readonly at: Minute
  readonly delivered: boolean
  readonly answeredAt: Minute
  readonly channel: string
  /** What it is about, '' for nothing in particular. */
  readonly ticket: string
  /** How much lower the mood is because of it. */
  readonly fall: number
}

const RELATIONSHIP = 182 * DAY
const CHANNELS = ['email', 'in-app'] as const
/** How often each survey goes out, in days between two, and the share that answer. */
const ROUNDS = [
  { survey: 'nps-half-yearly', every: RELATIONSHIP, share: 0.34, people: 2, reach: 1 },
  { survey: 'csat-review', every: 200 * DAY, share: 0.5, people: 1, reach: 0.4 },
  { survey: 'csi-yearly', every: 365 * DAY, share: 0.3, people: 1, reach: 0.5 },
] as const

/** One solved ticket in seven is followed by a question about the help, one in ten by one about the effort. */
const AFTER_TICKETS = [
  ['csat-support', 0.14],
  ['ces-support', 0.1],
] as const

/** When a ticket was solved for good, and whether its first answer was slow; null for what was never solved, or went into another ticket. */
function solved({ created, mergedInto, steps }: Ticket): { at: Minute; slow: boolean } | null {
  const last = steps.findLast(({ kind, status }) => kind === 'status' && status === 'solved')
  const first = steps.find(({ kind, author, visibility }) => kind === 'reply' && author === 'agent' && visibility === 'public')
  if (mergedInto !== '' || last === undefined || first === undefined) return null
  return { at: last.at, slow: first.at - created > MOODS.slow_answer.hours * 60 }
}

/** What was asked after tickets: the answer is about that ticket. */
function sentAfterTickets(story: Story, account: Account, contracts: Contracts, standing: Standing, sent: number): Sent[] {
  const random = voiceOf(story, account, 11)
  const found: Sent[] = []
  for (const ticket of ticketsOf(story, account, contracts)) {
    const [chosen, delivered, answer, wait, delay, channel] = [
      random.unit(),
      random.chance(0.96),
      random.unit(),
      random.whole(10, 120),
      random.whole(20, 3 * 1440),
      CHANNELS[random.whole(0, 1)] ?? '',
    ]
    const [[csat, asksCsat], [ces, asksCes]] = AFTER_TICKETS
    const survey = chosen < asksCsat ? csat : chosen < asksCsat + asksCes ? ces : null
    const end = solved(ticket)
    if (survey === null || end === null || end.at + wait >= story.end) continue
    const at = end.at + wait
    const fall = end.slow ? MOODS.slow_answer.fall : 0
    const answers = answer < 0.42 + (standing.mood(at) + fall - 7) * 0.03
    found.push({
      id: `${account.id}-I${sent + found.length + 1}`,
      survey,
      contact: `${account.id}-P1`,
      at,
      delivered,
      channel,
      ticket: ticket.id,
      fall,
      answeredAt: delivered && answers && at + delay < story.end ? at + delay : 0,
    })
  }
  return found
}

/** Everything that was sent to one account; who is unhappy answers less often. */
function sentTo(story: Story, account: Account, contracts: Contracts, standing: Standing): Sent[] {
  const random = voiceOf(story, account, 1)
  const found: Sent[] = []
  for (const { survey, every, share, people, reach } of ROUNDS)
    for (let at = standing.from + Math.floor(random.between(0.3, 1) * every); at < standing.until; at += every + random.whole(-10, 10) * DAY)
      for (let person = 1; person <= people; person++) {
        const [asked, delivered, answers, delay] = [
          random.chance(reach),
          random.chance(0.96),
          random.chance(share + (standing.mood(at) - 7) * 0.03),
          random.whole(20, 6 * 1440),
        ]
        const channel = CHANNELS[random.whole(0, 1)] ?? ''
        if (!asked || !standing.isCustomer(at)) continue
        const id = `${account.id}-I${found.length + 1}`
        found.push({
          id,
          survey,
          contact: `${account.id}-P${person}`,
          at,
          delivered,
          answeredAt: delivered && answers && at + delay < story.end ? at + delay : 0,
          channel,
          ticket: '',
          fall: 0,
        })
      }
  return [...found, ...sentAfterTickets(story, account, contracts, standing, found.length)]
}

export function invitationLines(story: Story, account: Account, contracts: Contracts): string {
  const standing = standingOf(story, account, contracts)
  if (standing === null) return ''
  return sentTo(story, account, contracts, standing)
    .map((one) => `${one.id},${one.survey},${account.id},${one.contact},${instantText(one.at)},${one.delivered ? 'delivered' : 'bounced'},${one.channel},en\n`)
    .join('')
}

type Words = readonly [bad: readonly string[], fair: readonly string[], good: readonly string[]]
const COMMENTS: Words = [
  ['Reports take too long.', 'Too expensive for what we use.', 'We are looking at others.', ''],
  ['"Good, but we miss an export."', 'Useful once it is set up.', 'Some pages could be quicker.', ''],
  ['It does what we need.', 'Our week starts with it.', '"Reliable, clear and well looked after."', ''],
]
const TICKET_COMMENTS: Words = [
  ['The answer took too long.', 'I had to explain it three times.', 'It is still not what I asked for.', ''],
  ['"Solved, after some back and forth."', 'It worked in the end.', '', ''],
  ['Solved at once.', '"Quick, friendly and to the point."', 'Thank you!', ''],
]

/** Words that fit an answer, given as a share of its scale. */
const commentOn = (share: number, [bad, fair, good]: Words, word: number): string => (share >= 0.85 ? good : share >= 0.6 ? fair : bad)[word] ?? ''

const SCALES: Readonly<Record<string, readonly [lowest: number, highest: number]>> = {
  'nps-half-yearly': [0, 10],
  'ces-support': [1, 7],
  'csi-yearly': [1, 10],
}

export function responseLines(story: Story, account: Account, contracts: Contracts): string {
  const standing = standingOf(story, account, contracts)
  if (standing === null) return ''
  const random = voiceOf(story, account, 2)
  let text = ''
  for (const sent of sentTo(story, account, contracts, standing)) {
    if (sent.answeredAt === 0) continue
    const [lowest, highest] = SCALES[sent.survey] ?? [1, 5]
    const mood = standing.mood(sent.answeredAt) + sent.fall
    const about = sent.survey === 'csat-review' ? ownerAt(account, sent.answeredAt) : ''
    const word = random.whole(0, 3)
    for (const item of sent.survey === 'csi-yearly' ? ['satisfaction', 'expectancy', 'ideal'] : ['']) {
      const score = answerFrom(random, mood, lowest, highest)
      const comment = item === '' ? commentOn((score - lowest) / (highest - lowest), sent.ticket === '' ? COMMENTS : TICKET_COMMENTS, word) : ''
      text += `${sent.id}-R,${sent.survey},${account.id},${sent.contact},${instantText(sent.answeredAt)},${item},${score},,${sent.channel},en,${about},${sent.ticket},${sent.id},${comment}\n`
    }
  }
  return text
}

/** What people say of each theme: against it, undecided, for it. */
const THEMES = {
  pricing: ['We pay for more than we use.', 'The price is fair if the reports stay.', 'It pays for itself by the second month.'],
  onboarding: ['We were left alone after the kick-off.', 'It took a while until our data was in.', 'After two weeks everybody worked with it.'],
  reporting: ['I still build half of it in a spreadsheet.', 'The reports are good once somebody has set them up.', 'I no longer prepare anything by hand.'],
  support: ['I ask twice before anybody answers.', 'It depends on whom you get.', 'They answer before I have made my coffee.'],
  roadmap: ['What we asked for last year is still not there.', 'We would like to know what comes when.', 'Two of our wishes came within a quarter.'],
} as const
const THEME_NAMES = Object.keys(THEMES) as (keyof typeof THEMES)[]
const CODERS = ['ana', 'ben'] as const

export function conversationLines(story: Story, account: Account, contracts: Contracts): string {
  const standing = standingOf(story, account, contracts)
  if (standing === null) return ''
  const random = voiceOf(story, account, 3)
  let text = ''
  let number = 0
  for (let at = standing.from + random.whole(30, 900) * DAY; at < standing.until; at += random.whole(250, 900) * DAY) {
    const kind = ['interview', 'interview', 'focus_group', 'call'][random.whole(0, 3)]
    const id = `${account.id}-T${++number}`
    const first = random.whole(0, THEME_NAMES.length - 1)
    for (let i = random.whole(1, 2); i > 0; i--) {
      const theme = THEME_NAMES[(first + i) % THEME_NAMES.length] ?? 'support'
      const sentiment = answerFrom(random, standing.mood(at), -2, 2)
      const quote = THEMES[theme][sentiment < 0 ? 0 : sentiment === 0 ? 1 : 2]
      const second = random.chance(0.25) ? String(Math.max(-2, Math.min(2, sentiment + (random.chance(0.8) ? 0 : random.whole(-1, 1))))) : ''
      text += `${id},${account.id},${account.id}-P1,${instantText(at)},${kind},${theme},${sentiment},${CODERS[0]},${second},${second === '' ? '' : CODERS[1]},${quote}\n`
    }
  }
  return text
}
