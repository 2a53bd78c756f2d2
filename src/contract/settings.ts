import { z } from 'zod'
import { SETTING_KINDS } from '../kernel/settings/setting.ts'
import { op } from './op.ts'

export const settingEntry = z
  .object({
    key: z.string(),
    value: z.string(),
    fallback: z.string(),
    says: z.string(),
    kind: z.enum(SETTING_KINDS),
    choices: z.array(z.string()),
    changed_at: z.string().nullable(),
    rebuilds: z.boolean().describe('Changing it derives the ledgers again'),
    shows: z.boolean().describe('It decides only what is shown first; no number depends on it'),
  })
  .meta({ id: 'Setting' })

const engineHealth = z.object({
  state: z.enum(['up', 'starting', 'down']),
  kind: z.string(),
  version: z.string().optional(),
  detail: z.string().optional(),
  since: z.string(),
  restarts: z.number(),
})

const disk = z.object({
  place: z.string(),
  free: z.number(),
  total: z.number(),
  floor: z.number().describe('Below so many free bytes nothing new is written'),
  short: z.boolean(),
})

const losses = z
  .object({
    audited_at: z.string().nullable().describe('When the fact store was last compared with what imports recorded'),
    rows: z.number().describe('Rows that are missing'),
    total: z.number(),
    items: z
      .array(
        z.object({
          fact: z.string().describe('A kind of fact, or import_row for the rows of files as they stood'),
          name: z.string(),
          import_id: z.string(),
          file: z.string(),
          recorded: z.number(),
          held: z.number().nullable().describe('Null where the files of the store cannot be read'),
          missing: z.number(),
          set_aside: z.array(z.string()).describe('Broken parts of the table that the engine has set aside'),
        }),
      )
      .describe('By kind of fact, import and file; at most 100'),
  })
  .meta({ id: 'Losses' })
export type Losses = z.output<typeof losses>

export const settingOps = {
  health: op({
    method: 'GET',
    path: '/health',
    summary: 'Whether the product and both engines are up',
    response: z.object({
      state: z.enum(['up', 'degraded', 'down']),
      version: z.string(),
      facts: engineHealth,
      workspace: engineHealth,
      disks: z.array(disk),
      losses,
      ledgers: z.object({ state: z.number(), refreshing: z.boolean(), recorded_until: z.string().nullable(), error: z.string().nullable() }),
    }),
  }),
  restoreLost: op({
    method: 'POST',
    path: '/api/v1/restore',
    summary: 'Record again, from the kept rows of the files, what the fact store has lost; answers what is still missing',
    response: losses,
  }),
  listSettings: op({ method: 'GET', path: '/api/v1/settings', summary: 'Settings of the workspace', response: z.array(settingEntry) }),
  changeSetting: op({
    method: 'PUT',
    path: '/api/v1/settings/{key}',
    summary: 'Change a setting; its history is kept',
    params: z.object({ key: z.string() }),
    body: z.object({ value: z.string() }),
    response: settingEntry,
  }),
  settingHistory: op({
    method: 'GET',
    path: '/api/v1/settings/{key}/history',
    summary: 'Every value a setting was given, the oldest first',
    params: z.object({ key: z.string() }),
    response: z.array(z.object({ value: z.string(), changed_at: z.string() })),
  }),
  listNorthStars: op({
    method: 'GET',
    path: '/api/v1/north-star/versions',
    summary: 'Every tree of metrics the team ever steered by, the oldest first; the last is in force',
    response: z.array(
      z.object({
        version: z.number(),
        definition: z.string().describe('The tree as it was written'),
        made_at: z.string(),
        made_by: z.string().nullable().describe('Null while there are no people'),
      }),
    ),
  }),
  overview: op({
    method: 'GET',
    path: '/api/v1/overview',
    summary: 'What the workspace holds: counts of facts, first and last day, currency, zone',
    response: z.object({
      empty: z.boolean(),
      invented: z.boolean().describe('The sample company counts: the numbers are nobody’s'),
      accounts: z.number(),
      first_day: z.string().nullable(),
      last_day: z.string().nullable().describe('Last local day on which anything happened that is not in the future'),
      today: z.string(),
      reporting_currency: z.string(),
      time_zone: z.string(),
      facts: z.array(z.object({ fact: z.string(), name: z.string(), count: z.number() })),
      reconciliation: z.object({ checked: z.number(), breaks: z.number() }),
      ledgers: z.object({ state: z.number(), refreshing: z.boolean(), recorded_until: z.string().nullable(), error: z.string().nullable() }),
    }),
  }),
}
