/** A node of the topic tree: an index into its tables. */
export type NodeId = number

/** The level above all topics. */
export const ROOT: NodeId = 0

/** What stands for no node. */
export const NO_NODE: NodeId = 0xffff_ffff
