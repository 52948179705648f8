/** Longest name of a profile, less room for a number. */
const MAX_STEM_LENGTH = 190

/** `name`, or `name 2`, `name 3` … where that is taken. */
export function uniqueName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  const stem = name.slice(0, MAX_STEM_LENGTH)
  let number = 2
  while (taken.has(`${stem} ${number}`)) number += 1
  return `${stem} ${number}`
}
