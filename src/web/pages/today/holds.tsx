import type { TodayView } from '../../../contract/today.ts'
import { MINUS } from '../../../kernel/words/value.ts'
import { api } from '../../api.ts'
import { formatDay, formatValue, humanise } from '../../format.ts'
import { useSignalStep } from '../../today-data.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { showFailure, showToast } from '../../ui/toast.tsx'

type Held = TodayView['holds'][number]

const moved = ({ moved: inputs }: Held): string =>
  inputs
    .slice(0, 3)
    .map(({ input, points }) => `${humanise(input)} ${points < 0 ? MINUS : '+'}${formatValue(Math.abs(points), 'number', null, 1)}`)
    .join(', ')

function Hold({ held }: { readonly held: Held }) {
  const answer = useSignalStep((said: 'real' | 'wrong') => api.answerHold({ params: { day: held.day }, body: { answer: said } }))
  const say = (said: 'real' | 'wrong') => (): void =>
    answer.mutate(said, {
      onSuccess: () => showToast({ title: said === 'real' ? 'Told: what was kept back is announced' : 'Nothing of that day is announced' }),
      onError: showFailure,
    })
  const [down, up] = [held.down ?? 0, held.up ?? 0]
  return (
    <Banner
      tone="warning"
      title={`On ${formatDay(held.day)} ${Math.max(down, up)} of ${held.compared ?? 0} accounts ${down >= up ? 'fell' : 'rose'} by more than 5 points at once. Is that real?`}
      actions={
        <>
          <Button size="small" busy={answer.isPending} onClick={say('real')}>
            It is real
          </Button>
          <Button size="small" busy={answer.isPending} onClick={say('wrong')}>
            It is wrong
          </Button>
        </>
      }
    >
      {held.moved.length === 0 ? '' : `What moved most: ${moved(held)}. `}Nothing of that day is announced until you say.
    </Banner>
  )
}

/** Questions about days on which the whole fleet moved at once. */
export const Holds = ({ days }: { readonly days: readonly Held[] }) => days.map((held) => <Hold key={held.day} held={held} />)
