import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { counted, formatInstant } from '../../format.ts'
import { Await } from '../../ui/failure.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'

type Models = Awaited<ReturnType<typeof api.listHealthModels>>

const STATES = { on: 'In force', shadow: 'In shadow' } as const

/** Every health model with its version, and the order in which accounts are given to them. */
export function HealthModelsPage() {
  const models = useQuery({ queryKey: ['health models'], queryFn: ({ signal }) => api.listHealthModels({}, signal) })
  return (
    <Page>
      <Await query={{ ...models, isPlaceholderData: false }} skeleton={<Skeleton className="h-64" />}>
        {(found) => (
          <>
            <ModelList models={found.models} />
            <Order order={found.order} />
          </>
        )}
      </Await>
    </Page>
  )
}

function ModelList({ models }: Pick<Models, 'models'>) {
  return (
    <Section title="Health models" says="Each is kept in versions. As files: binnacle health export, check and apply.">
      <ul className="divide-y divide-line border-y border-line">
        {models.map(({ id, name, version, made_at, reason, inputs, states }) => (
          <li key={id}>
            <Link to="/health/models/$id" params={{ id }} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-2.5 hover:bg-hover">
              <span className="font-medium">{name}</span>
              <span className="text-sm text-quiet">
                {id}@{version}
              </span>
              <span>{states.length === 0 ? 'Scores nobody' : states.map((state) => STATES[state]).join(', ')}</span>
              <span className="text-sm text-quiet">{counted(inputs, 'input')}</span>
              <span className="text-sm text-quiet">{made_at === null ? 'As the product brings it' : `${formatInstant(made_at)}: ${reason ?? ''}`}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Order({ order }: Pick<Models, 'order'>) {
  return (
    <Section title="Order" says="An account is scored by the first model in force whose filter it meets; one in shadow is scored beside and raises nothing.">
      <ol className="flex list-decimal flex-col gap-1 pl-6">
        {order.places.map(({ model, where, state }) => (
          <li key={`${model} ${state} ${JSON.stringify(where)}`}>
            {model}
            <span className="text-quiet">
              {state === 'shadow' ? ', in shadow' : ''}:{' '}
              {Object.keys(where).length === 0
                ? 'all accounts'
                : Object.entries(where)
                    .map(([name, values]) => `${name} is ${values.join(' or ')}`)
                    .join(', ')}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}
