import type { Steps } from '../src/kernel/steps.ts'

/** The same without pauses. */
export const atOnce =
  <Given extends readonly unknown[], T>(work: (...given: Given) => Steps<T>) =>
  (...given: Given): T => {
    const steps = work(...given)
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
    }
  }
