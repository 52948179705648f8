/** A text with a section between its two markers, instead of what was there. @throws {Error} when it lacks the markers */
export function withSection(text: string, beginMark: string, endMark: string, section: string): string {
  const begin = text.indexOf(beginMark)
  const end = text.indexOf(endMark)
  if (begin < 0 || end < begin) throw new Error(`README.md lacks its markers:\n${beginMark}\n${endMark}`)
  return `${text.slice(0, begin + beginMark.length)}\n\n${section.trim()}\n\n${text.slice(end)}`
}
