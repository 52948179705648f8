/** What a line of an ACL file says, in a sentence. The topic is said by `matches`, which follows. */
export const lineWords = {
  blank: 'An empty line. Mosquitto skips it.',
  comment: 'A comment. Mosquitto skips it.',
  ignored: 'Mosquitto never sees this line.',
  fault: 'Mosquitto refuses this line, and does not start with the file.',
  user: 'The `topic` lines from here to the next `user` are about those who sign in as {user}.',
  own: {
    read: 'Everyone who signs in as {user} may receive messages of {filter}.',
    write: 'Everyone who signs in as {user} may publish to {filter}.',
    readwrite: 'Everyone who signs in as {user} may publish to {filter} and receive its messages.',
    deny: 'Nobody who signs in as {user} may publish to {filter} or receive its messages, whatever other lines say.',
  },
  anonymous: {
    read: 'Clients without a user name may receive messages of {filter}.',
    write: 'Clients without a user name may publish to {filter}.',
    readwrite: 'Clients without a user name may publish to {filter} and receive its messages.',
    deny: 'Clients without a user name may neither publish to {filter} nor receive its messages, whatever other lines say.',
  },
  pattern: {
    read: 'Every client may receive messages of {filter}.',
    write: 'Every client may publish to {filter}.',
    readwrite: 'Every client may publish to {filter} and receive its messages.',
    deny: 'No client may publish to {filter} or receive its messages, unless a line of the user’s own allows it.',
  },
  /** An entry of dynamic security. */
  entry: {
    allow: {
      publishClientSend: 'Clients with the role {role} may publish to {filter}.',
      publishClientReceive: 'Clients with the role {role} may receive messages of {filter}.',
      subscribeLiteral: 'Clients with the role {role} may subscribe to just {filter}.',
      subscribePattern: 'Clients with the role {role} may subscribe to whatever {filter} covers.',
      unsubscribeLiteral: 'Clients with the role {role} may unsubscribe from just {filter}.',
      unsubscribePattern: 'Clients with the role {role} may unsubscribe from whatever {filter} covers.',
    },
    deny: {
      publishClientSend: 'Clients with the role {role} may not publish to {filter}.',
      publishClientReceive: 'Clients with the role {role} receive no messages of {filter}.',
      subscribeLiteral: 'Clients with the role {role} may not subscribe to just {filter}.',
      subscribePattern: 'Clients with the role {role} may not subscribe to what {filter} covers.',
      unsubscribeLiteral: 'Clients with the role {role} may not unsubscribe from just {filter}.',
      unsubscribePattern: 'Clients with the role {role} may not unsubscribe from what {filter} covers.',
    },
  },
  /** What names in a pattern stand for. */
  names: {
    client: '`%c` stands for the client id.',
    user: '`%u` stands for the user name; clients without one are skipped.',
    both: '`%c` stands for the client id, `%u` for the user name; clients without one are skipped.',
  },
  system: 'Writing to topics that start with `$SYS` is denied all the same, but for the states of bridges.',
  share: 'No message has such a topic, so the line never matters.',
  examples: 'For example {examples}.',
}
