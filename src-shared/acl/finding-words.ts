import { dynsecFindingWords } from './dynsec-finding-words'
import type { RuleId } from './lint/finding'

interface FindingWords {
  readonly title: string
  /** What happens, and what to write. */
  readonly text: string
}

/** What each rule of the lint says. */
export const findingWords = {
  'unknown-keyword': {
    title: 'Line {line}: “{word}” is no keyword',
    text: 'Mosquitto does not start with this file. A line begins with `topic`, `pattern` or `user`, or with `#` in its first column.',
  },
  'capitalised-keyword': {
    title: 'Line {line}: “{word}” must be lower case',
    text: 'Mosquitto does not start with this file. Write `{right}`.',
  },
  'indented-comment': {
    title: 'Line {line}: a comment with spaces before it',
    text: 'Mosquitto does not start with this file: `#` begins a comment in the first column only. Remove the spaces.',
  },
  'tab-in-keyword': {
    title: 'Line {line}: a tab where a space is needed',
    text: 'Mosquitto does not start with this file: it takes the tab for a part of the word. Only spaces separate words.',
  },
  'byte-order-mark': {
    title: 'The file begins with a byte order mark',
    text: 'Mosquitto does not start with this file: it takes the mark for a part of the first keyword. Save it as UTF-8 without one.',
  },
  'utf-16': {
    title: 'The file is UTF-16',
    text: 'Mosquitto reads bytes and cannot start with this file. Save it as UTF-8.',
  },
  'missing-topic': {
    title: 'Line {line} names no topic',
    text: 'Mosquitto does not start with this file. Write a topic behind `{word}`: `{word} read sensors/#`.',
  },
  'missing-user': {
    title: 'Line {line} names no user',
    text: 'Mosquitto does not start with this file. Write a name behind `user`; lines for clients without one stand before the first `user`.',
  },
  'unknown-access': {
    title: 'Line {line}: “{word}” is no access',
    text: 'Mosquitto does not start with this file. Before a topic stands `read`, `write`, `readwrite` or `deny`, or nothing.',
  },
  'capitalised-access': {
    title: 'Line {line}: “{word}” must be lower case',
    text: 'Mosquitto does not start with this file. Write `{right}`.',
  },
  'comment-behind-topic': {
    title: 'Line {line}: a comment behind the topic',
    text: 'Mosquitto does not start with this file: it takes the rest of the line for the topic. Put the comment on a line of its own.',
  },
  'plus-not-alone': {
    title: 'Line {line}: `+` must be a whole level',
    text: 'Mosquitto does not start with this file. A `+` stands for exactly one level, between slashes: `sensors/+/state`.',
  },
  'hash-not-alone': {
    title: 'Line {line}: `#` must be a whole level',
    text: 'Mosquitto does not start with this file. A `#` stands alone behind the last slash: `sensors/#`.',
  },
  'hash-not-last': {
    title: 'Line {line}: nothing may follow `#`',
    text: 'Mosquitto does not start with this file. A `#` stands for all levels to the end; for one level write `+`.',
  },
  'too-many-levels': {
    title: 'Line {line}: more than 200 slashes',
    text: 'Mosquitto does not start with this file. Write a shorter topic that ends in `#`.',
  },
  'too-long': {
    title: 'Line {line}: the topic is too long',
    text: 'Mosquitto does not start with this file: a topic has at most 65,535 bytes. Write a shorter one.',
  },
  'refused-line': {
    title: 'Line {line} is refused',
    text: 'Mosquitto does not start with this file. Correct the line or remove it.',
  },
  'access-word-as-topic': {
    title: 'Line {line} grants a topic named “{word}”',
    text: 'One word after `{keyword}` is the topic itself, with read and write access. Name a topic behind it: `{keyword} {word} notifications/#`.',
  },
  'deny-hides-grant': {
    title: 'Line {line} grants nothing',
    text: 'Line {other} denies all of it, and a deny counts before every grant, wherever it stands. Remove one of the two.',
  },
  'grant-covered': {
    title: 'Line {line} is never reached',
    text: 'What it allows, lines before it allow already ({others}). Remove it.',
  },
  'deny-covered': {
    title: 'Line {line} adds nothing',
    text: 'Line {other} denies all of it already. Remove it.',
  },
  'deny-without-grant': {
    title: 'Line {line} denies what nobody allows',
    text: 'Without a line that allows it, a topic is denied anyway. The line matters only once another grants some of it.',
  },
  'duplicate-line': {
    title: 'Line {line} repeats line {other}',
    text: 'It says the same about the same clients. Remove it.',
  },
  'user-without-lines': {
    title: 'Line {line}: no line is about {user}',
    text: 'Lines of another user do not count, so {user} may do only what patterns allow. Write `topic` lines below, or remove this one.',
  },
  'pattern-without-name': {
    title: 'Line {line}: a pattern without `%c` or `%u`',
    text: 'It holds for every client, whoever it is, and wherever it stands in the file. If it is meant for one user, write `topic`.',
  },
  'name-in-topic': {
    title: 'Line {line}: `{name}` is not replaced in a `topic` line',
    text: 'It matches the characters `{name}` only. Write `pattern` to have it stand for the name of each client.',
  },
  'name-in-part-of-level': {
    title: 'Line {line}: Mosquitto 2.0 and 2.1 read this differently',
    text: 'In 2.0 the name is put in anywhere; in 2.1 only where it is a whole level between slashes, else it is taken as it stands. Give it a level of its own.',
  },
  'name-at-start': {
    title: 'Line {line}: a name at the start reaches topics with `$`',
    text: 'In 2.0 a client named `$SYS` gets the broker’s own topics by it; in 2.1 it does not. Put a fixed level before the name.',
  },
  'system-write': {
    title: 'Line {line} cannot allow writing to `$SYS`',
    text: 'Mosquitto denies clients to write there whatever the file says, but for the states of bridges. `read` says what holds.',
  },
  'share-filter': {
    title: 'Line {line} never matters',
    text: 'Messages do not carry the `$share` part of a subscription: their own topic is checked. Write the filter behind the share’s name.',
  },
  'user-wildcard': {
    title: 'Line {line}: no pattern holds for {user}',
    text: 'As the name contains `+` or `#`, Mosquitto denies what the user’s own lines do not allow. Choose a name without wildcards.',
  },
  'user-slash': {
    title: 'Line {line}: {user} breaks out of patterns',
    text: 'The `/` makes more levels of `%u` in 2.0, so other topics match than meant; in 2.1 such a pattern matches nothing. Choose a name without `/`.',
  },
  'comment-behind-user': {
    title: 'Line {line}: the comment is a part of the name',
    text: 'There are no comments behind a name, so the lines are for a user called {user}. Put the comment on a line of its own.',
  },
  'tab-in-topic': {
    title: 'Line {line}: a tab within the topic',
    text: 'Only spaces separate words, so the tab is a part of the topic: it will match nothing you mean. Put a space there.',
  },
  'tab-in-name': {
    title: 'Line {line}: a tab within the name',
    text: 'Only spaces separate words, so the tab is a part of the user name. Remove it.',
  },
  'control-character': {
    title: 'Line {line}: a character that cannot be seen',
    text: 'The control character {character} is taken as a part of the text. Remove it.',
  },
  nul: {
    title: 'Line {line}: a NUL byte',
    text: 'Mosquitto stops reading the line there, and what follows may be lost or joined to the next. Remove it.',
  },
  'forgotten-line': {
    title: 'Line {line} is forgotten',
    text: 'The last line of a file has no effect if it has no line end and exactly {bytes} bytes. Put a line end behind it.',
  },
  'fails-open': {
    title: 'A reload with this file opens the broker',
    text: 'A running Mosquitto 2.0 that is told to reload (SIGHUP) drops all rules on an error: every client may then read and write everything. 2.1 ends instead. Check the file before each reload.',
  },
  'grants-all': {
    title: 'Line {line} allows everything',
    text: 'Whoever it is about may publish to every topic, but for those that start with `$`. Name the topics that are needed.',
  },
  'pattern-in-block': {
    title: 'Line {line}: the pattern is not only for {user}',
    text: 'Patterns hold for every client wherever they stand. Move it above the first `user` so that nobody takes it for a line of {user}.',
  },
  'client-id-is-free': {
    title: 'Line {line}: clients choose their own id',
    text: 'Whoever may sign in can take any client id and so gets what `%c` grants. Use `%u`, or tie ids to users (`use_username_as_clientid`).',
  },
  'trailing-spaces': {
    title: 'Line {line}: spaces at the end are cut',
    text: 'Mosquitto does not take them for a part of the topic or name. Remove them so that nobody else does.',
  },
  'near-forgotten-length': {
    title: 'Line {line}: the file ends without a line end',
    text: 'Mosquitto forgets a last line that has no line end and {bytes} bytes; this one has {now}. Put a line end behind it.',
  },
  'comparing-cut': {
    title: 'Not every line was compared with every other',
    text: 'The file has too many lines with wildcards. Lines that never matter may be missing from this list.',
  },
  ...dynsecFindingWords,
} satisfies Record<RuleId, FindingWords>
