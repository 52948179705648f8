/** The bits of a node's flags. */

/** The node is part of the tree. */
export const ALIVE = 1
/** It has had a message of its own. */
export const TOPIC = 1 << 1
/** It has counts of its own that are not folded yet, and is marked for that. */
export const DIRTY = 1 << 2
/** It became a topic since the last fold: the levels above do not count it yet. */
export const FRESH = 1 << 3
/** Its last message was retained. */
export const RETAINED = 1 << 4
/** Its last message outlived its turn in the log. */
export const KEPT = 1 << 5
/** While paths are being moved: its path has been. */
export const PATH_MOVED = 1 << 6
/** While folding: its own counts are, and it waits for those below. */
export const WAITING = 1 << 7
