import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { formatInstant } from '../../format.ts'
import { Button } from '../../ui/button.tsx'
import { Await, Failure } from '../../ui/failure.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import { ModelTrial } from './model-trial.tsx'

type Model = Awaited<ReturnType<typeof api.readHealthModel>>

/** One model as text, what a change of it would do to the customers of today, and its versions. */
export function HealthModelPage() {
  const { id } = useParams({ from: '/health/models/$id' })
  const model = useQuery({ queryKey: ['health model', id], queryFn: ({ signal }) => api.readHealthModel({ params: { id }, query: {} }, signal) })
  return (
    <Page wide>
      <Await query={{ ...model, isPlaceholderData: false }} skeleton={<Skeleton className="h-96" />}>
        {(found) => <Editor key={`${id}@${found.version}`} found={found} />}
      </Await>
      <Versions id={id} />
    </Page>
  )
}

function Editor({ found }: { readonly found: Model }) {
  const [text, setText] = useState(found.text)
  const checked = useQuery({
    queryKey: ['health draft', text],
    queryFn: ({ signal }) => api.checkHealthModel({ body: { text } }, signal),
    placeholderData: (before) => before,
  })
  const { faults = [], changes = [] } = checked.data ?? {}
  const isSound = checked.data !== undefined && !checked.isPlaceholderData && faults.length === 0
  const [first] = faults
  return (
    <div className="grid gap-8 lg:grid-cols-2">
      <Section isFirst title={found.model.name} says={`${found.id}@${found.version}${found.made_at === null ? '' : `, ${formatInstant(found.made_at)}`}`}>
        <Field
          label="The model as text"
          says="Weights are relative to the parts beside them. Anchors are values with scores from 0 to 100."
          error={first === undefined ? undefined : `Line ${first.line}${first.place === '' ? '' : `, ${first.place}`}: ${first.message} ${first.cure}`}
        >
          {(control) => (
            <textarea
              {...control}
              rows={28}
              spellCheck={false}
              value={text}
              onChange={(event) => setText(event.target.value)}
              className="w-full rounded-md border border-edge bg-page px-2.5 py-2 font-mono text-sm aria-invalid:border-alarm"
            />
          )}
        </Field>
        {checked.isError && <Failure error={checked.error} />}
        {isSound && <Changes changes={changes} />}
        <Save id={found.id} text={text} isReady={isSound && changes.length > 0} />
      </Section>
      <ModelTrial text={text} isSound={isSound} />
    </div>
  )
}

function Changes({ changes }: { readonly changes: readonly string[] }) {
  if (changes.length === 0) return <p className="text-sm text-quiet">The same as the version in force.</p>
  return (
    <ul className="flex list-disc flex-col gap-1 pl-5 text-sm">
      {changes.map((change) => (
        <li key={change}>{change}</li>
      ))}
    </ul>
  )
}

function Save({ id, text, isReady }: { readonly id: string; readonly text: string; readonly isReady: boolean }) {
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const save = useMutation({
    mutationFn: () => api.saveHealthModel({ params: { id }, body: { text, reason } }),
    onSuccess: async ({ version }) => {
      showToast({ title: `${id}@${version} is saved` })
      await Promise.all(['health models', 'health model', 'health versions'].map((key) => client.invalidateQueries({ queryKey: [key] })))
    },
  })
  return (
    <div className="flex flex-col gap-3">
      <Field label="Why it is changed" says="Kept with the version.">
        {(control) => <TextInput {...control} value={reason} maxLength={1000} onChange={(event) => setReason(event.target.value)} />}
      </Field>
      {save.isError && <Failure error={save.error} />}
      <div>
        <Button look="primary" busy={save.isPending} disabled={!isReady || reason.trim() === ''} onClick={() => save.mutate()}>
          Save a new version
        </Button>
      </div>
    </div>
  )
}

function Versions({ id }: { readonly id: string }) {
  const versions = useQuery({ queryKey: ['health versions', id], queryFn: ({ signal }) => api.listHealthModelVersions({ params: { id } }, signal) })
  return (
    <Section title="Versions" says="The newest first, each with what it does otherwise than the one before it.">
      <Await query={{ ...versions, isPlaceholderData: false }} skeleton={<Skeleton className="h-24" />}>
        {(all) => (
          <ol className="flex flex-col gap-3">
            {all.map(({ version, made_at, made_by, reason, changes }) => (
              <li key={version} className="flex flex-col gap-1">
                <span>
                  <span className="font-medium">
                    {id}@{version}
                  </span>{' '}
                  <span className="text-quiet">
                    {made_at === null ? 'as the product brings it' : [formatInstant(made_at), made_by, reason].filter((part) => part !== null).join(', ')}
                  </span>
                </span>
                {changes.length > 0 && <Changes changes={changes} />}
              </li>
            ))}
          </ol>
        )}
      </Await>
    </Section>
  )
}
