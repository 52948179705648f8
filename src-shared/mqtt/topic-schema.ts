import { z } from '@shared/schema'
import { topicFilterFault, topicNameFault } from './topic'

/** A valid topic name; the issue's message is the {@link topicNameFault}. */
export const topicNameSchema = z.string().superRefine((topic, context) => {
  const fault = topicNameFault(topic)
  if (fault !== null) context.addIssue({ code: 'custom', message: fault })
})

/** A valid topic filter; the issue's message is the {@link topicFilterFault}. */
export const topicFilterSchema = z.string().superRefine((filter, context) => {
  const fault = topicFilterFault(filter)
  if (fault !== null) context.addIssue({ code: 'custom', message: fault })
})
