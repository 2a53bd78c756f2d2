import { ownerAt } from './account.ts'
import type { Account } from './account.ts'
import { DAY, instantText } from './calendar.ts'
import type { Minute } from './calendar.ts'
import type { Contracts } from './contracts.ts'
import type { Story } from './story.ts'
import { answerFrom, standingOf, voiceOf } from './voice.ts'
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
}

const RELATIONSHIP = 182 * DAY
const CHANNELS = ['email', 'in-app'] as const
/** How often each survey goes out, in days between two, and the share that answer. */
const ROUNDS = [
  { survey: 'nps-half-yearly', every: RELATIONSHIP, share: 0.34, people: 2, reach: 1 },
  { survey: 'csat-support', every: 120 * DAY, share: 0.42, people: 1, reach: 0.6 },
  { survey: 'ces-support', every: 150 * DAY, share: 0.4, people: 1, reach: 0.5 },
  { survey: 'csat-review', every: 200 * DAY, share: 0.5, people: 1, reach: 0.4 },
  { survey: 'csi-yearly', every: 365 * DAY, share: 0.3, people: 1, reach: 0.5 },
] as const

/** Everything that was sent to one account; who is unhappy answers less often. */
function sentTo(story: Story, account: Account, standing: Standing): Sent[] {
  const random = voiceOf(story, account, 1)
  const found: Sent[] = []
  for (const { survey, every, share, people, reach } of ROUNDS)
    for (let at = standing.from + Math.floor(random.between(0.3, 1) * every); at < standing.until; at += every + random.whole(-10, 10) * DAY)
      for (let person = 1; person <= people; person++) {
        const [asked, delivered, answers, delay] = [random.chance(reach), random.chance(0.96), random.chance(share + (standing.mood(at) - 7) * 0.03), random.whole(20, 6 * 1440)]
        const channel = CHANNELS[random.whole(0, 1)] ?? ''
        if (!asked || !standing.isCustomer(at)) continue
        const id = `${account.id}-I${found.length + 1}`
        found.push({ id, survey, contact: `${account.id}-P${person}`, at, delivered, answeredAt: delivered && answers && at + delay < story.end ? at + delay : 0, channel })
      }
  return found
}

export function invitationLines(story: Story, account: Account, contracts: Contracts): string {
  const standing = standingOf(story, account, contracts)
  if (standing === null) return ''
  return sentTo(story, account, standing).map((one) => `${one.id},${one.survey},${account.id},${one.contact},${instantText(one.at)},${one.delivered ? 'delivered' : 'bounced'},${one.channel},en\n`).join('')
}

const COMMENTS = ['It does what we need.', 'Reports take too long.', '"Support is quick, friendly and knows its trade."', 'We miss an export.', 'Too expensive for what we use.', ''] as const
const SCALES: Readonly<Record<string, readonly [lowest: number, highest: number]>> = { 'nps-half-yearly': [0, 10], 'ces-support': [1, 7], 'csi-yearly': [1, 10] }

export function responseLines(story: Story, account: Account, contracts: Contracts): string {
  const standing = standingOf(story, account, contracts)
  if (standing === null) return ''
  const random = voiceOf(story, account, 2)
  let text = ''
  for (const sent of sentTo(story, account, standing)) {
    if (sent.answeredAt === 0) continue
    const [lowest, highest] = SCALES[sent.survey] ?? [1, 5]
    const mood = standing.mood(sent.answeredAt)
    const about = sent.survey === 'csat-review' ? ownerAt(account, sent.answeredAt) : ''
    const comment = COMMENTS[mood > 7.5 ? random.whole(0, 2) * 2 : random.whole(1, 5)] ?? ''
    for (const item of sent.survey === 'csi-yearly' ? ['satisfaction', 'expectancy', 'ideal'] : [''])
      text += `${sent.id}-R,${sent.survey},${account.id},${sent.contact},${instantText(sent.answeredAt)},${item},${answerFrom(random, mood, lowest, highest)},,${sent.channel},en,${about},,${sent.id},${item === '' ? comment : ''}\n`
  }
  return text
}

const THEMES = ['pricing', 'onboarding', 'reporting', 'support', 'roadmap'] as const
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
    const first = random.whole(0, THEMES.length - 1)
    for (let i = random.whole(1, 2); i > 0; i--) {
      const sentiment = answerFrom(random, standing.mood(at), -2, 2)
      const second = random.chance(0.25) ? String(Math.max(-2, Math.min(2, sentiment + (random.chance(0.8) ? 0 : random.whole(-1, 1))))) : ''
      text += `${id},${account.id},${account.id}-P1,${instantText(at)},${kind},${THEMES[(first + i) % THEMES.length]},${sentiment},${CODERS[0]},${second},${second === '' ? '' : CODERS[1]},\n`
    }
  }
  return text
}
