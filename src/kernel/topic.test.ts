import { expect, test } from 'vitest'
import { createTopic } from './topic.ts'

test('everybody who follows hears what is told, also beside one who fails, until they leave', async () => {
  const failures: unknown[] = []
  const topic = createTopic<number>((error) => failures.push(error))
  const heard: string[] = []
  topic.follow(() => {
    throw new Error('deaf')
  })
  topic.follow(() => Promise.reject(new Error('slow and deaf')))
  const leave = topic.follow((n) => heard.push(`first ${n}`))
  topic.follow((n) => heard.push(`second ${n}`))
  topic.tell(1)
  leave()
  topic.tell(2)
  await Promise.resolve()
  await Promise.resolve()
  expect(heard).toEqual(['first 1', 'second 1', 'second 2'])
  expect(failures.map((error) => (error as Error).message)).toEqual(['deaf', 'deaf', 'slow and deaf', 'slow and deaf'])
})
