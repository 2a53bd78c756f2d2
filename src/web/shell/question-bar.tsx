import { AsOfPicker } from './as-of-picker.tsx'
import { ComparePicker } from './compare-picker.tsx'
import { FilterPicker } from './filter-picker.tsx'
import { PeriodPicker } from './period-picker.tsx'

/** What is asked: the period, what it is compared with, which accounts, by which clocks. */
export function QuestionBar() {
  return (
    <>
      <PeriodPicker />
      <div className="max-sm:order-last">
        <ComparePicker />
      </div>
      <FilterPicker />
      <AsOfPicker />
    </>
  )
}
