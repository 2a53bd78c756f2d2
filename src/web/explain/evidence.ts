import { api } from '../api.ts'
import { useBookQuery } from '../book-query.ts'

/** All that is known of an account; '' for none. */
export const useEvidence = (id: string, reportedOn: string | undefined) =>
  useBookQuery(
    {
      key: ['evidence', id, reportedOn],
      ask: (wait, signal) => api.evidence({ params: { id }, query: { ...(reportedOn === undefined ? {} : { reported_on: reportedOn }), ...wait } }, signal),
    },
    id !== '',
  )
