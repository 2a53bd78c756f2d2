/** Something that happens again and again, and who wants to hear of it. */
export interface Topic<T> {
  /** Hears of all that is told from now on; returns what ends it. */
  follow(hear: (told: T) => unknown): () => void
  /** Tells everybody who follows. One whose hearing fails does not keep the others from it. */
  tell(told: T): void
}

export function createTopic<T>(onFailure: (error: unknown) => void): Topic<T> {
  const followers = new Set<(told: T) => unknown>()
  const hearOne = async (hear: (told: T) => unknown, told: T): Promise<void> => void (await hear(told))
  return {
    follow(hear) {
      // The same function twice follows twice.
      const follower = (told: T): unknown => hear(told)
      followers.add(follower)
      return () => void followers.delete(follower)
    },
    tell(told) {
      for (const follower of followers) hearOne(follower, told).catch(onFailure)
    },
  }
}
