import { Link, useNavigate } from '@tanstack/react-router'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../api.ts'
import { humanise } from '../format.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Page } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'

interface EmptyWorkspaceProps {
  readonly title: string
  readonly willBeHere: readonly (readonly [title: string, says: string])[]
}

/** A page of a new workspace: what will be here, and the one step that fills it. */
export function EmptyWorkspace({ title, willBeHere }: EmptyWorkspaceProps) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const sample = useMutation({
    mutationFn: () => api.loadSample({}),
    onSuccess: async (record) => {
      await client.invalidateQueries()
      if (record.state !== 'done') void navigate({ to: '/import/$id', params: { id: record.id } })
    },
  })
  return (
    <Page>
      <div className="flex max-w-[44rem] flex-col gap-8 pt-6 md:pt-12">
        <div className="flex flex-col gap-2">
          <h2 className="text-figure font-semibold tracking-tight">{title}</h2>
          <p className="text-lg text-quiet">
            Drop in what your billing tool and CRM export: accounts, subscriptions, bills, owners, use, tickets, answers. Binnacle recognises the files and
            shows what it would do before anything counts.
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <Link to="/import" className={buttonClass('primary', 'large')}>
            Import your files
          </Link>
          <Button size="large" busy={sample.isPending} onClick={() => sample.mutate()}>
            Load the sample company
          </Button>
          <p className="w-full text-sm text-quiet">The sample goes through the same import, and one click takes it out again. Nothing leaves this machine.</p>
        </div>
        {sample.isPending && <SampleProgress />}
        {sample.isError && <Failure error={sample.error} onRetry={() => sample.mutate()} />}
        <dl className="flex flex-col gap-4 border-t border-line pt-6">
          {willBeHere.map(([name, says]) => (
            <div key={name} className="grid gap-x-6 gap-y-1 sm:grid-cols-[15rem_1fr]">
              <dt className="font-medium">{name}</dt>
              <dd className="text-quiet">{says}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Page>
  )
}

/** The server answers when the sample is in; until then its import says how far it is. */
function SampleProgress() {
  const { data } = useQuery({ queryKey: ['imports', 'sample'], queryFn: ({ signal }) => api.listImports({}, signal), refetchInterval: 700 })
  const record = data?.[0]
  const rows = record?.files.reduce((sum, file) => sum + file.rows, 0) ?? 0
  if (record?.progress === undefined || record.progress === null)
    return <Progress label="Reading the files of the sample" done={rows} total={null} unit="rows" />
  return <Progress label={humanise(record.progress.step)} done={record.progress.done} total={record.progress.total} />
}
