import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'

export function ChecksPage() {
  return (
    <Page>
      <EmptyState title="Checks" />
    </Page>
  )
}
