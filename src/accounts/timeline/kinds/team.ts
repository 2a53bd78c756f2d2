import { bare } from '../../../kernel/bare.ts'
import { accountAttribute } from '../../../facts/account-attribute.ts'
import { account } from '../../../facts/account.ts'
import { csmAssignment } from '../../../facts/csm-assignment.ts'
import { pulse } from '../../../facts/pulse.ts'
import { task } from '../../../facts/task.ts'
import { playRun } from '../../../facts/play-run.ts'
import { nameOfId } from '../../../kernel/words/names.ts'
import type { Told, Tone } from '../happening.ts'
import { defineTimelineKind, joined, plain } from '../happening.ts'

const TONES = bare<Readonly<Record<string, Tone>>>({ green: 'good', red: 'bad' })

export const team = defineTimelineKind({
  id: 'team',
  name: 'Team and pulse',
  of: [csmAssignment, accountAttribute, account, pulse, task, playRun],
  tell: (known) => [
    ...known.of(csmAssignment).map((own): Told => ({
      of: own,
      what: 'assigned',
      at: own.values.effective_at ?? null,
      title: own.values.csm_id === null ? 'Nobody owns it' : `Owned by ${String(own.values.csm_id)}`,
    })),
    ...known.of(accountAttribute).map((own): Told => {
      const { attribute, value = null, effective_at = null } = own.values
      return { of: own, what: 'attribute', at: effective_at, title: `${nameOfId(String(attribute))}: ${value === null ? 'none' : String(value)}` }
    }),
    ...known.of(account).map((own): Told => ({ of: own, what: 'created', at: own.values.created_at ?? null, title: 'The account came to be' })),
    ...known.of(pulse).map((own): Told => {
      const { value = null, reason, author, set_at = null } = own.values
      return {
        of: own,
        what: 'pulse',
        at: set_at,
        title: `Pulse ${value === 'purple' ? 'without a view' : plain(value)}`,
        detail: joined([reason, author]),
        tone: TONES[String(value)] ?? 'neutral',
      }
    }),
    ...known.of(task).flatMap((own): Told[] => {
      const { title, playbook, csm_id, created_at = null, done_at = null, cancelled_at = null } = own.values
      const name = String(title ?? playbook ?? 'a task')
      const set: Told = { of: own, what: 'set', at: created_at, title: `Task set: ${name}`, detail: joined([csm_id, playbook === title ? null : playbook]) }
      if (done_at !== null) return [set, { of: own, what: 'done', at: done_at, title: `Task done: ${name}`, tone: 'good' }]
      return cancelled_at === null ? [set] : [set, { of: own, what: 'cancelled', at: cancelled_at, title: `Task given up: ${name}` }]
    }),
    ...known.of(playRun).flatMap((own): Told[] => {
      const { playbook, started_at = null, finished_at = null } = own.values
      const started: Told = { of: own, what: 'started', at: started_at, title: `Playbook started: ${String(playbook)}` }
      return finished_at === null
        ? [started]
        : [started, { of: own, what: 'finished', at: finished_at, title: `Playbook finished: ${String(playbook)}`, tone: 'good' }]
    }),
  ],
})
