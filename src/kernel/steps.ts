/** Long arithmetic that can pause between its steps; what it returns is its result. */
export type Steps<T> = Generator<void, T, void>

export const isSteps = <T extends object>(work: T | Steps<T>): work is Steps<T> => Symbol.iterator in work

export function* mapSteps<T, U>(steps: Steps<T>, change: (result: T) => U): Steps<U> {
  return change(yield* steps)
}
