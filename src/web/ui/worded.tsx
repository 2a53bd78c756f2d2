import { Link } from '@tanstack/react-router'
import type { MetricEntry } from '../../contract/question.ts'
import { keepQuestion } from '../search.ts'

/** A sentence of a definition, in which the metrics that it names lead to their pages. */
export function Worded({ text, mentions }: { readonly text: string; readonly mentions: MetricEntry['mentions'] }) {
  const byName = new Map(mentions.map(({ metric, name }) => [`"${name}"`, metric]))
  return text.split(/("[^"]*")/).map((piece, i) => {
    const metric = byName.get(piece)
    if (metric === undefined) return piece
    return (
      // oxlint-disable-next-line react/no-array-index-key -- the pieces of a sentence are told apart by where they stand
      <Link
        key={i}
        to="/metrics/$id"
        params={{ id: metric }}
        search={keepQuestion}
        className="underline decoration-edge underline-offset-3 hover:decoration-ink"
      >
        {piece.slice(1, -1)}
      </Link>
    )
  })
}
