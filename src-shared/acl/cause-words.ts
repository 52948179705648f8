import type { DecisionCause, LineVerdict } from './question'

/** Why a question was answered as it was, and what each line came to. */
export const causeWords = {
  cause: {
    line: 'by line {line}',
    'never-checked': 'Mosquitto grants every subscription; the file is asked when a message is delivered.',
    'system-topic': 'Clients may not write to topics that start with `$SYS`, whatever the file says.',
    'share-topic': 'No client reads or writes a topic that starts with `$share`, whatever the file says.',
    'wildcard-in-user': 'The file has patterns and the user name contains `+` or `#`, so Mosquitto denies what no line of the user’s own allows.',
    'wildcard-in-client': 'The file has patterns and the client id contains `+` or `#`, so Mosquitto denies what no line of the user’s own allows.',
    'sign-in-unknown-user': 'The file has no such client, so nobody signs in as it.',
    'sign-in-disabled': 'This client is disabled, so it cannot sign in.',
    'sign-in-other-client-id': 'This user name may sign in with another client id only.',
    'control-topic': 'The default does not reach topics that start with `$CONTROL`.',
    default: 'No line allows it.',
    'default-line': 'No rule is about it; the default of line {line} holds.',
  },
  verdict: {
    decides: 'matches: decides',
    'no-match': 'topic does not match',
    'other-access': 'matches, but is about the other access',
    'needs-user': 'skipped: an anonymous client has no user name',
    'not-reached': 'not reached',
  } satisfies Record<LineVerdict, string>,
}

/** The words of a cause: their key in `aclWords.cause`, and what fills them. */
export function wordsOfCause(cause: DecisionCause): { key: keyof typeof causeWords.cause; data: Record<string, number> } {
  switch (cause.kind) {
    case 'line':
      return { key: 'line', data: { line: cause.line } }
    case 'wildcard-in-name':
      return { key: `wildcard-in-${cause.name}`, data: {} }
    case 'cannot-sign-in':
      return { key: `sign-in-${cause.why}`, data: {} }
    case 'default':
      return cause.line === undefined ? { key: 'default', data: {} } : { key: 'default-line', data: { line: cause.line } }
    case 'never-checked':
    case 'system-topic':
    case 'share-topic':
    case 'control-topic':
      return { key: cause.kind, data: {} }
  }
}
