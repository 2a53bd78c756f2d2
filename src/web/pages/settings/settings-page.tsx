import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { toFailure, useOverview } from '../../api.ts'
import { counted, formatInstant } from '../../format.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Await } from '../../ui/failure.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showFailure, showToast } from '../../ui/toast.tsx'
import { SettingControl } from './setting-control.tsx'
import { useChangeSetting, useSettings, type Setting } from '../../setting-data.ts'
import { groupSettings, settingName, valueTyped, valueWords } from '../../setting-words.ts'

/** What the numbers rest on. Each value says what it means and what changing it moves. */
export function SettingsPage() {
  const query = useSettings()
  return (
    <Page>
      <Await query={query} skeleton={<Skeleton className="h-96" />}>
        {(settings) =>
          groupSettings(settings).map((group) => (
            <Section key={group.title} title={group.title}>
              <div className="border-b border-line">
                {group.settings.map((setting) => (
                  <OneSetting key={setting.key} setting={setting} />
                ))}
              </div>
            </Section>
          ))
        }
      </Await>
    </Page>
  )
}

function OneSetting({ setting }: { readonly setting: Setting }) {
  const [editing, setEditing] = useState(false)
  const named = useLocation({ select: (location) => location.hash === setting.key })
  useEffect(() => {
    if (named) document.getElementById(setting.key)?.scrollIntoView({ block: 'center' })
  }, [named, setting.key])
  return (
    <div id={setting.key} className={`grid gap-x-8 gap-y-2 border-t border-line py-3 md:grid-cols-[minmax(0,1fr)_22rem] ${named ? 'bg-accent-soft' : ''}`}>
      <div className="min-w-0">
        <h3 className="font-medium">{settingName(setting.key)}</h3>
        <p className="max-w-[60ch] text-quiet">{setting.says}.</p>
        <p className="text-sm text-faint">
          <code className="font-sans">{setting.key}</code>
          {setting.shows
            ? ' · changing it moves no number'
            : setting.rebuilds
              ? ' · changing it derives the ledgers again'
              : ' · changing it moves numbers at once'}
        </p>
      </div>
      {editing ? <Editor setting={setting} onDone={() => setEditing(false)} /> : <Current setting={setting} onEdit={() => setEditing(true)} />}
    </div>
  )
}

function Current({ setting, onEdit }: { readonly setting: Setting; readonly onEdit: () => void }) {
  const usual = setting.value === setting.fallback
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <p className="num font-medium break-words">{valueWords(setting, setting.value)}</p>
        {!usual && <p className="text-sm text-quiet">Usually {valueWords(setting, setting.fallback)}</p>}
        {setting.changed_at !== null && <p className="text-sm text-faint">Changed {formatInstant(setting.changed_at)}</p>}
      </div>
      {setting.kind === 'tree' ? (
        <Link to="/metrics/$id" params={{ id: setting.key }} className={buttonClass('plain', 'small')}>
          Open its page
        </Link>
      ) : (
        <Button size="small" onClick={onEdit} aria-label={`Change ${settingName(setting.key)}`}>
          Change
        </Button>
      )}
    </div>
  )
}

function Editor({ setting, onDone }: { readonly setting: Setting; readonly onDone: () => void }) {
  const [typed, usual] = [valueTyped(setting.key, setting.value), valueTyped(setting.key, setting.fallback)]
  const [value, setValue] = useState(typed)
  const accounts = useOverview().data?.accounts ?? 0
  const change = useChangeSetting(setting.key)
  const before = setting.value
  const back = () => change.mutate(before, { onError: showFailure })
  const save = () => {
    if (value.trim() === typed) return onDone()
    change.mutate(value, {
      onSuccess: (after) => {
        showToast({
          title: `${settingName(setting.key)}: ${valueWords(after, after.value)}`,
          says: setting.rebuilds ? 'Saved; every number follows it now.' : 'Saved.',
          action: { label: 'Set it back', onSelect: back },
        })
        onDone()
      },
    })
  }
  const failure = change.isError ? toFailure(change.error) : null
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
      onKeyDown={(event) => event.key === 'Escape' && onDone()}
    >
      <SettingControl setting={setting} value={value} onChange={setValue} error={failure === null ? undefined : `${failure.message} ${failure.cure}`} />
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" look="primary" size="small" busy={change.isPending}>
          Save
        </Button>
        <Button size="small" look="quiet" onClick={onDone}>
          Cancel
        </Button>
        {value !== usual && (
          <Button size="small" look="quiet" onClick={() => setValue(usual)}>
            Use the usual value
          </Button>
        )}
      </div>
      {setting.rebuilds && accounts > 0 && (
        <p role="status" className="text-sm text-quiet">
          {change.isPending
            ? `Deriving the ledgers of ${counted(accounts, 'account')} again. You can leave this page.`
            : `Saving derives the ledgers of ${counted(accounts, 'account')} again; until then the numbers stay as they are.`}
        </p>
      )}
    </form>
  )
}
