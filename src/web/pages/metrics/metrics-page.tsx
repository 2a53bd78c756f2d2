import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'

export function MetricsPage() {
  return (
    <Page>
      <EmptyState title="Metrics" />
    </Page>
  )
}
