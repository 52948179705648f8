/** Words of what a filter can read. */
export const reachMessages = {
  filter: 'Topic filter',
  placeholder: 'sensors/#',
  who: 'as {who}',
  invalid: 'This is not a valid topic filter.',
  intro: {
    title: 'What can be read of a filter?',
    text: 'Mosquitto grants every subscription, and delivers only what may be read. Type a filter to see which of its topics those are.',
  },
  all: 'All of it can be read',
  none: 'Nothing of it can be read',
  some: 'Some of it can be read',
  list: 'Parts of the filter',
  can: 'can be read',
  cannot: 'cannot be read',
  byLine: 'line {line}',
  example: 'e.g. {topic}',
  except: 'but for what stands above',
  topics: 'Of {n} topic seen that matches, {m} can be read | Of {n} topic seen that matches, {m} can be read | Of {n} topics seen that match, {m} can be read',
  partTopics: '{n} seen | {n} seen | {n} seen',
  cut: 'There are more lines or parts than are looked at: topics that match no part listed may be read or not.',
}
