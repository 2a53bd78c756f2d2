import { askOf, narrow, type Screen, type Target } from '../search.ts'

/** The question whose answer is one number: the screen's, narrowed to the mark that was opened. */
export function questionOf(screen: Screen, target: Target) {
  return {
    ...askOf(screen),
    ...(target.period ?? screen.period),
    where: narrow(screen.where, target.dims ?? {}),
    by: [] as string[],
    option: [...(target.options ?? [])],
  }
}
export type Asked = ReturnType<typeof questionOf>
