/** The type by which a dragged topic is told from dragged text. */
export const DRAGGED_TOPIC = 'application/x-pubscope-topic'
