import type { DynsecFile } from '../dynamic-security/dynsec-file'
import type { JsonPlace } from '../dynamic-security/json-place'
import { dynsecFinding } from './dynsec-finding'
import type { DynsecRuleId, Finding } from './finding'

type NameKey = 'rolename' | 'username' | 'groupname'

/** Names that lead nowhere, are there twice or not at all, and clients that cannot sign in. */
export function dynsecNames({ root, roles, clients, groups }: DynsecFile): Finding[] {
  const isRole = (name: string): boolean => roles.has(name)
  const usernames = new Set(clients.map(({ username }) => username))
  const anonymous = root.member('anonymousGroup')
  const group = anonymous.string()
  return [
    ...named(root.member('roles'), 'rolename'),
    ...named(root.member('clients'), 'username'),
    ...named(root.member('groups'), 'groupname'),
    ...[...root.member('clients').items(), ...root.member('groups').items()].flatMap((holder) =>
      referred(holder.member('roles'), 'rolename', isRole, 'unknown-role'),
    ),
    ...root.member('groups').items().flatMap((holder) => referred(holder.member('clients'), 'username', (name) => usernames.has(name), 'unknown-client')),
    ...(group === null || groups.some(({ name }) => name === group) ? [] : [dynsecFinding('unknown-group', 'warning', anonymous, { name: group })]),
    ...root.member('clients').items().flatMap(signIn),
  ]
}

function named(list: JsonPlace, key: NameKey): Finding[] {
  const lines = new Map<string, number>()
  return list.items().flatMap((item): Finding[] => {
    const place = item.member(key)
    const name = place.string()
    if (name === null) return [dynsecFinding('without-name', 'warning', item, { key })]
    const other = lines.get(name)
    if (other !== undefined) return [dynsecFinding('duplicate-name', 'warning', place, { name, other })]
    lines.set(name, place.line ?? 1)
    return []
  })
}

function referred(list: JsonPlace, key: NameKey, isThere: (name: string) => boolean, rule: DynsecRuleId): Finding[] {
  return list.items().flatMap((item): Finding[] => {
    const place = item.member(key)
    const name = place.string()
    if (name === null) return [dynsecFinding('without-name', 'warning', item, { key })]
    return isThere(name) ? [] : [dynsecFinding(rule, 'warning', place, { name })]
  })
}

function signIn(client: JsonPlace): Finding[] {
  const place = client.member('username')
  const name = place.string()
  if (name === null) return []
  if (client.member('disabled').boolean() === true) return [dynsecFinding('client-disabled', 'note', place, { name })]
  const hasPassword = client.member('password').string() !== null && client.member('salt').string() !== null && client.member('iterations').number() !== null
  return hasPassword ? [] : [dynsecFinding('no-password', 'warning', place, { name })]
}
