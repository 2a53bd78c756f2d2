import { changeSegment, listSegments, makeSegment, removeSegment, segmentVersions } from '../books/accounts/segments.ts'
import type { Contract } from '../contract/contract.ts'
import type { segmentOps } from '../contract/segments.ts'
import type { Handlers } from './handler.ts'
import type { ApiNeeds } from './needs.ts'

export const segmentHandlers = ({ books, accountColumns }: ApiNeeds): Pick<Handlers<Contract>, keyof typeof segmentOps> => {
  const listing = { books, providers: accountColumns }
  return {
    listSegments: () => listSegments(listing),
    makeSegment: ({ body }, { asker, signal }) => makeSegment(listing, { asker, signal }, body),
    changeSegment: ({ params, body }, { asker, signal }) => changeSegment(listing, { asker, signal }, params.id, body),
    removeSegment: ({ params }, { asker, signal }) => removeSegment(listing, { asker, signal }, params.id),
    segmentVersions: ({ params }) => segmentVersions(listing, params.id),
  }
}
