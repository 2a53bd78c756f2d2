import { Link } from '@tanstack/react-router'
import type { Change } from '../../contract/change.ts'
import { useOverview } from '../api.ts'
import { counted, formatInstant } from '../format.ts'
import { Facts } from '../ui/page.tsx'
import { useFactNames } from '../fact-names.ts'
import { settingName } from '../setting-words.ts'

const link = 'font-medium underline decoration-edge underline-offset-3 hover:decoration-ink'

/** What was done since a report: settings that were changed, and imports that brought rows or were taken back. */
export function ChangeSince({ change: { reported_on, settings, imports } }: { readonly change: Change }) {
  const factName = useFactNames()
  const zone = useOverview().data?.time_zone
  if (reported_on === null) return null
  if (settings.length === 0 && imports.length === 0)
    return <p className="text-sm text-quiet">Nothing was recorded for it since the report, and no setting of it changed.</p>
  return (
    <Facts
      items={[
        ...settings.map(
          ({ key, was, is }) =>
            [
              settingName(key),
              <span key={key}>
                was {valueText(was)}, now{' '}
                <Link to="/settings" hash={key} className={link}>
                  {valueText(is)}
                </Link>
              </span>,
            ] as const,
        ),
        ...imports.map(
          ({ id, recorded_at, undone_at, files, facts }) =>
            [
              recorded_at === null ? 'Imported' : formatInstant(recorded_at, zone),
              <span key={id}>
                <Link to="/imports/$id" params={{ id }} className={link}>
                  {files.join(', ')}
                </Link>
                : {facts.map((one) => `${factName(one.fact)}: ${counted(one.new, 'new row')}, ${counted(one.changed, 'changed', 'changed')}`).join('; ')}
                {undone_at !== null && `; taken back ${formatInstant(undone_at, zone)}`}
              </span>,
            ] as const,
        ),
      ]}
    />
  )
}

const valueText = (value: string): string => (value === '' ? 'none' : /^[a-z_]+$/.test(value) ? value.replaceAll('_', ' ') : value)
