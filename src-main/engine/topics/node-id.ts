/** A node of the topic tree, by number. Ids of forgotten topics are given again. */
export type NodeId = number

/** The node above all topics. */
export const ROOT: NodeId = 0

/** Stands for "no node". */
export const NO_NODE: NodeId = 0xffff_ffff
