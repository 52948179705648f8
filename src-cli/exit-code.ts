/** How a command ends; `--help` says the same. */
export const EXIT = {
  /** Done, and the answer is good: no errors, all passed, allowed. */
  good: 0,
  /** Done, and the answer is bad: errors in the file, cases that failed. */
  bad: 1,
  /** Not done: wrong arguments, a file that cannot be read. */
  failed: 2,
  /** Of `decide`: the answer is no. */
  denied: 3,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
