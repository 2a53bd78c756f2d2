import { Link } from '@tanstack/react-router'
import type { MetricEntry } from '../../contract/question.ts'
import { wantedFiles } from '../../contract/wanted-files.ts'

/** Where a metric has no facts to count: which file brings them, as a way to the import page. */
export function WantedFiles({ missing, className = '' }: { readonly missing: MetricEntry['missing']; readonly className?: string }) {
  if (missing.length === 0) return null
  return (
    <Link to="/import" className={`underline decoration-edge underline-offset-3 hover:decoration-ink ${className}`}>
      {wantedFiles(missing)}
    </Link>
  )
}
