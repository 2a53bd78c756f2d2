/** Work that dies at its n-th step, before or after the step is done. From then on nothing works, as in a process that is gone. */
export function mortal(at: number, moment: 'before' | 'after') {
  let steps = 0
  let dead = false
  const live = (): void => {
    if (dead) throw new Error('killed')
  }
  return {
    live,
    /** Does one step; what does not count is done while there is life, and is not the n-th. */
    async step<T>(work: () => Promise<T>, counts = true): Promise<T> {
      live()
      const isLast = counts && steps++ === at
      if (isLast && moment === 'before') dead = true
      live()
      const value = await work()
      if (isLast) dead = true
      live()
      return value
    },
    died: (): boolean => dead,
  }
}
