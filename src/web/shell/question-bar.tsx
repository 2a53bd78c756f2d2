import type { AskProps } from './ask-props.ts'
import { AsOfPicker } from './as-of-picker.tsx'
import { ComparePicker } from './compare-picker.tsx'
import { FilterPicker } from './filter-picker.tsx'
import { PeriodPicker } from './period-picker.tsx'

/** What is asked: the period, what it is compared with, which accounts, by which clocks. */
export function QuestionBar(props: AskProps) {
  return (
    <>
      <PeriodPicker {...props} />
      {props.uncompared !== true && (
        <div className="max-sm:order-last">
          <ComparePicker {...props} />
        </div>
      )}
      <FilterPicker {...props} />
      <AsOfPicker {...props} />
    </>
  )
}
