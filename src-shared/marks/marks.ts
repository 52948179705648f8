import { topicFilterSchema, topicNameSchema } from '@shared/mqtt/topic-schema'
import { z } from '@shared/schema'
import { MAX_HIDDEN_FILTERS, MAX_WATCHED_TOPICS } from '@shared/views/view-spec'

const allDifferent = (texts: readonly string[]): boolean => new Set(texts).size === texts.length

/** What the user marked in a broker's topic tree. */
export const marksSchema = z.strictObject({
  /** Topics to have at hand, in the order they were marked. */
  favourites: z.array(topicNameSchema).max(MAX_WATCHED_TOPICS).refine(allDifferent),
  /** Topics that match one of these topic filters do not show in the tree. */
  hidden: z.array(topicFilterSchema).max(MAX_HIDDEN_FILTERS).refine(allDifferent),
})
export type Marks = z.infer<typeof marksSchema>

export const NO_MARKS: Marks = { favourites: [], hidden: [] }
