/** One part of a topic's path: a level with the topic up to it, or levels left out. */
export type PathStep =
  | { readonly kind: 'level'; readonly name: string; readonly topic: string }
  | { readonly kind: 'gap'; readonly levels: number }

const MOST_LEVELS = 8
const LEVELS_BEFORE_GAP = 2
const LEVELS_AFTER_GAP = 3

/** The levels of a topic from the top; of very many, the middle ones are only counted. */
export function pathSteps(topic: string): PathStep[] {
  const names = topic.split('/')
  let end = -1
  const steps = names.map((name): PathStep => {
    end += 1 + name.length
    return { kind: 'level', name, topic: topic.slice(0, end) }
  })
  if (steps.length <= MOST_LEVELS) return steps
  return [
    ...steps.slice(0, LEVELS_BEFORE_GAP),
    { kind: 'gap', levels: steps.length - LEVELS_BEFORE_GAP - LEVELS_AFTER_GAP },
    ...steps.slice(-LEVELS_AFTER_GAP),
  ]
}
