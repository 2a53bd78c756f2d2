import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'

export function MetricPage() {
  return (
    <Page>
      <EmptyState title="Metric" />
    </Page>
  )
}
