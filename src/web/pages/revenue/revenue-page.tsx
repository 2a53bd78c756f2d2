import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'

export function RevenuePage() {
  return (
    <Page>
      <EmptyState title="Revenue" />
    </Page>
  )
}
