import type { DynsecRuleId } from './lint/finding'

/** What each rule about a `dynamic-security.json` says. */
export const dynsecFindingWords = {
  'json-fault': {
    title: 'Line {line}: this is no valid JSON',
    text: 'Mosquitto starts nevertheless, lets nobody in and logs “File is not valid JSON”. What is wrong here: `{reason}`.',
  },
  'json-too-deep': {
    title: 'The file is nested too deeply',
    text: 'It is not read here: the plugin never writes such a file, and Mosquitto may let nobody in with it.',
  },
  'role-name-no-string': {
    title: 'Line {line}: the name of a role must be a text',
    text: 'Mosquitto 2.0.11 crashes at the start with this file. Put the name in quotation marks.',
  },
  'without-name': {
    title: 'Line {line} is passed over: it has no name',
    text: 'Mosquitto skips what has no `{key}`. Give it one, or remove it.',
  },
  'duplicate-name': {
    title: 'Line {line}: there is a “{name}” already',
    text: 'The first counts, which begins in line {other}; this one is passed over. Make one of the two.',
  },
  'unknown-role': {
    title: 'Line {line}: there is no role “{name}”',
    text: 'Mosquitto passes it over, so it grants and denies nothing. Add the role, or remove it here.',
  },
  'unknown-client': {
    title: 'Line {line}: there is no client “{name}”',
    text: 'Mosquitto passes it over. Add the client, or remove it from the group.',
  },
  'unknown-group': {
    title: 'Line {line}: there is no group “{name}”',
    text: 'Clients without a user name get no role, so only the defaults hold for them. Add the group, or name another.',
  },
  'unknown-entry-type': {
    title: 'Line {line} is passed over: “{name}” is no kind of entry',
    text: 'There are `publishClientSend`, `publishClientReceive`, `subscribeLiteral`, `subscribePattern`, `unsubscribeLiteral` and `unsubscribePattern`.',
  },
  'entry-without-topic': {
    title: 'Line {line} is passed over: it lacks an `acltype` or a `topic`',
    text: 'An entry needs both, each a text in quotation marks.',
  },
  'entry-hidden': {
    title: 'Line {line} is never reached',
    text: 'Line {other} is about all of it and is looked at before. Remove it, or give it a higher `priority`.',
  },
  'literal-hidden': {
    title: 'Line {line} has no effect',
    text: 'Line {other} is about the same filter, and of several the last counts, whatever their priorities. Remove one of the two.',
  },
  'roles-contradict': {
    title: 'Line {line}: two roles contradict each other, and their names decide',
    text: 'The roles “{first}” and “{second}” have the same priority here, so “{first}” is looked at before. Give them different priorities.',
  },
  'name-not-replaced': {
    title: 'Line {line}: `{name}` is not replaced',
    text: 'Mosquitto 2.0 takes it as it stands in a `dynamic-security.json`: it matches the characters `{name}` only.',
  },
  'no-password': {
    title: 'Line {line}: “{name}” cannot sign in',
    text: 'The client has no complete password: that takes `password`, `salt` and `iterations`. Set one with `mosquitto_ctrl`.',
  },
  'client-disabled': {
    title: 'Line {line}: “{name}” is disabled',
    text: 'Whoever signs in as this client is turned away.',
  },
  'sends-all': {
    title: 'Line {line} allows publishing to everything',
    text: 'Whoever has this role may publish to every topic, but for those that start with `$`. Name the topics that are needed.',
  },
  'receives-by-default': {
    title: 'Line {line}: whoever may subscribe receives',
    text: 'That is how the plugin begins: what no entry denies is delivered, so what a client may subscribe to decides what it reads.',
  },
  'plus-covers-no-hash': {
    title: 'Line {line} does not cover subscriptions that end in `#`',
    text: 'A `+` stands for one level and not for `#`: a client that subscribes to `{wider}` needs an entry that ends in `#` itself.',
  },
} satisfies Record<DynsecRuleId, { title: string; text: string }>
